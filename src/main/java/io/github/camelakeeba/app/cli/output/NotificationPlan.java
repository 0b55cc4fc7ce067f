package io.github.camelakeeba.app.cli.output;

import io.github.camelakeeba.config.Durations;
import io.github.camelakeeba.config.NotificationRule;
import io.github.camelakeeba.notify.NotificationRouter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Who would be notified about a site, by the rules: in words, and as JSON. */
public record NotificationPlan(NotificationRouter router, String site) {
  /** The states of an event, as users write them. */
  public enum State {
    started,
    completed,
    warning,
    failed,
    missed,
    recovered,
    proved,
    unproved,
    untested
  }

  private static final long HOUR = Duration.ofHours(1).toMillis();

  public Map<String, List<String>> channels() {
    return byState(state -> router.channelsFor(site, state));
  }

  public Map<String, List<Map<String, Object>>> rules() {
    return byState(
        state -> router.rulesFor(site, state).stream().map(rule -> members(rule, state)).toList());
  }

  private static <T> Map<String, T> byState(Function<String, T> value) {
    Map<String, T> states = new LinkedHashMap<>();
    NotificationRouter.STATES.forEach(state -> states.put(state, value.apply(state)));
    return states;
  }

  private static Map<String, Object> members(NotificationRule rule, String state) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("to", rule.to());
    if (List.of("failed", "recovered").contains(state) && rule.after() > 1) {
      members.put("after", rule.after());
    }
    if (state.equals("failed") && !rule.kinds().isEmpty()) {
      members.put("kinds", rule.kinds().stream().sorted().toList());
    }
    if (List.of("failed", "missed", "unproved", "untested").contains(state)
        && rule.remind() != null) {
      members.put("remind", text(rule.remind()));
    }
    if (rule.digest() != null) {
      members.put("digest", text(rule.digest()));
    }
    if (rule.quiet() != null && !List.of("failed", "missed", "unproved").contains(state)) {
      members.put("quiet", rule.quiet().toString());
    }
    return members;
  }

  /** 26h rather than 1d2h, as users write it. */
  public static String text(Duration time) {
    boolean hours = time.toMillis() % HOUR == 0 && time.compareTo(Duration.ofHours(72)) <= 0;
    return hours ? time.toHours() + "h" : Durations.format(time);
  }

  /** The channels that hear of failed and missed ones, without conditions, or that nobody does. */
  public String ofFailures() {
    String failed = listed(router.channelsFor(site, "failed"));
    String missed = listed(router.channelsFor(site, "missed"));
    return failed.equals(missed) ? failed : "failed: %s; missed: %s".formatted(failed, missed);
  }

  private static String listed(List<String> channels) {
    return channels.isEmpty() ? "nobody" : String.join(", ", channels);
  }

  /** {@code -> ops, chat (digest 24h)}, or that nobody is. */
  public String describe(String state) {
    Map<String, List<String>> conditions = new LinkedHashMap<>();
    for (NotificationRule rule : router.rulesFor(site, state)) {
      for (String channel : rule.to()) {
        conditions.computeIfAbsent(channel, name -> new ArrayList<>()).add(describe(rule, state));
      }
    }
    return conditions.isEmpty()
        ? "nobody is notified"
        : conditions.entrySet().stream()
            .map(entry -> entry.getKey() + conditionsText(entry.getValue()))
            .collect(Collectors.joining(", ", "-> ", ""));
  }

  /** Each of several rules for a channel applies. */
  private static String conditionsText(List<String> conditions) {
    List<String> different = conditions.stream().distinct().toList();
    return different.equals(List.of(""))
        ? ""
        : different.stream()
            .map(words -> words.isEmpty() ? "always" : words)
            .collect(Collectors.joining(" / ", " (", ")"));
  }

  private static String describe(NotificationRule rule, String state) {
    Map<String, Object> members = members(rule, state);
    List<String> words = new ArrayList<>();
    if (members.containsKey("after")) {
      words.add(
          state.equals("failed")
              ? "from the " + ordinal(rule.after()) + " failure in a row"
              : "after " + rule.after() + " failures in a row, or a missed one");
    }
    if (members.get("kinds") instanceof List<?> kinds) {
      words.add("only " + kinds.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }
    if (members.containsKey("digest")) {
      words.add("digest " + members.get("digest"));
    }
    if (members.containsKey("quiet")) {
      words.add("quiet " + members.get("quiet"));
    }
    if (members.containsKey("remind")) {
      words.add("again every " + members.get("remind"));
    }
    return String.join("; ", words);
  }

  private static String ordinal(int number) {
    boolean teen = number % 100 >= 11 && number % 100 <= 13;
    return number
        + switch (teen ? 0 : number % 10) {
          case 1 -> "st";
          case 2 -> "nd";
          case 3 -> "rd";
          default -> "th";
        };
  }
}
