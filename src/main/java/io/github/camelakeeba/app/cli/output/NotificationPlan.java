package io.github.camelakeeba.app.cli.output;

import io.github.camelakeeba.config.Durations;
import io.github.camelakeeba.config.NotificationRule;
import io.github.camelakeeba.notify.NotificationRouter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Who would be notified about a site, by the rules: in words, and as JSON. */
public final class NotificationPlan {
  public static final List<String> STATES =
      List.of("started", "completed", "warning", "failed", "missed", "recovered");

  /** These wait for the end of no quiet hours. */
  private static final List<String> NOT_DELAYED_BY_QUIET_HOURS = List.of("failed", "missed");

  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final Duration FEW_DAYS = Duration.ofHours(72);

  private final NotificationRouter recipients;
  private final String site;

  public NotificationPlan(NotificationRouter recipients, String site) {
    this.recipients = recipients;
    this.site = site;
  }

  /** The channels of each state. */
  public Map<String, List<String>> channels() {
    Map<String, List<String>> told = new LinkedHashMap<>();
    STATES.forEach(state -> told.put(state, recipients.channelsFor(site, state)));
    return told;
  }

  /** The rules of each state, with what they ask for. */
  public Map<String, List<Map<String, Object>>> rules() {
    Map<String, List<Map<String, Object>>> told = new LinkedHashMap<>();
    for (String state : STATES) {
      told.put(
          state,
          recipients.rulesFor(site, state).stream().map(rule -> members(rule, state)).toList());
    }
    return told;
  }

  private static Map<String, Object> members(NotificationRule rule, String state) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("to", rule.to());
    if (supportsAfter(state) && rule.after() > 1) {
      members.put("after", rule.after());
    }
    if (state.equals("failed") && !rule.kinds().isEmpty()) {
      members.put("kinds", rule.kinds().stream().sorted().toList());
    }
    if (supportsRemind(state) && rule.remind() != null) {
      members.put("remind", text(rule.remind()));
    }
    if (rule.digest() != null) {
      members.put("digest", text(rule.digest()));
    }
    if (rule.quiet() != null && !NOT_DELAYED_BY_QUIET_HOURS.contains(state)) {
      members.put("quiet", rule.quiet().toString());
    }
    return members;
  }

  /** Rather 26h than 1d2h: so people write such times. */
  public static String text(Duration time) {
    boolean hours = time.toMillis() % HOUR == 0 && time.compareTo(FEW_DAYS) <= 0;
    return hours ? time.toHours() + "h" : Durations.format(time);
  }

  private static boolean supportsAfter(String state) {
    return state.equals("failed") || state.equals("recovered");
  }

  private static boolean supportsRemind(String state) {
    return state.equals("failed") || state.equals("missed");
  }

  /** {@code -> ops, chat (digest 24h)}, or that nobody is. */
  public String describe(String state) {
    Map<String, List<String>> conditions = new LinkedHashMap<>();
    for (NotificationRule rule : recipients.rulesFor(site, state)) {
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

  /** Of several rules for one channel each counts. */
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
    String ending =
        switch (teen ? 0 : number % 10) {
          case 1 -> "st";
          case 2 -> "nd";
          case 3 -> "rd";
          default -> "th";
        };
    return number + ending;
  }
}
