package io.github.camelakeeba.cli;

import io.github.camelakeeba.notify.Recipients;
import io.github.camelakeeba.site.Durations;
import io.github.camelakeeba.site.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Who would be told of a site, by the rules: in words, and as JSON. */
final class Told {
  static final List<String> STATES =
      List.of("started", "completed", "warning", "failed", "missed", "recovered");

  /** These wait for the end of no quiet hours. */
  private static final List<String> URGENT = List.of("failed", "missed");

  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final Duration FEW_DAYS = Duration.ofHours(72);

  private final Recipients recipients;
  private final String site;

  Told(Recipients recipients, String site) {
    this.recipients = recipients;
    this.site = site;
  }

  /** The channels of each state. */
  Map<String, List<String>> channels() {
    Map<String, List<String>> told = new LinkedHashMap<>();
    STATES.forEach(state -> told.put(state, recipients.channels(site, state)));
    return told;
  }

  /** The rules of each state, with what they ask for. */
  Map<String, List<Map<String, Object>>> rules() {
    Map<String, List<Map<String, Object>>> told = new LinkedHashMap<>();
    for (String state : STATES) {
      told.put(
          state, recipients.rules(site, state).stream().map(rule -> members(rule, state)).toList());
    }
    return told;
  }

  private static Map<String, Object> members(Rule rule, String state) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("to", rule.to());
    if (counts(state) && rule.after() > 1) {
      members.put("after", rule.after());
    }
    if (state.equals("failed") && !rule.kinds().isEmpty()) {
      members.put("kinds", rule.kinds().stream().sorted().toList());
    }
    if (lasts(state) && rule.remind() != null) {
      members.put("remind", text(rule.remind()));
    }
    if (rule.digest() != null) {
      members.put("digest", text(rule.digest()));
    }
    if (rule.quiet() != null && !URGENT.contains(state)) {
      members.put("quiet", rule.quiet().toString());
    }
    return members;
  }

  /** Rather 26h than 1d2h: so people write such times. */
  static String text(Duration time) {
    boolean hours = time.toMillis() % HOUR == 0 && time.compareTo(FEW_DAYS) <= 0;
    return hours ? time.toHours() + "h" : Durations.text(time);
  }

  private static boolean counts(String state) {
    return state.equals("failed") || state.equals("recovered");
  }

  private static boolean lasts(String state) {
    return state.equals("failed") || state.equals("missed");
  }

  /** {@code -> ops, chat (digest 24h)}, or that nobody is. */
  String words(String state) {
    Map<String, List<String>> conditions = new LinkedHashMap<>();
    for (Rule rule : recipients.rules(site, state)) {
      for (String channel : rule.to()) {
        conditions.computeIfAbsent(channel, name -> new ArrayList<>()).add(words(rule, state));
      }
    }
    return conditions.isEmpty()
        ? "nobody is told"
        : conditions.entrySet().stream()
            .map(entry -> entry.getKey() + inBrackets(entry.getValue()))
            .collect(Collectors.joining(", ", "-> ", ""));
  }

  /** Of several rules for one channel each counts. */
  private static String inBrackets(List<String> conditions) {
    List<String> different = conditions.stream().distinct().toList();
    return different.equals(List.of(""))
        ? ""
        : different.stream()
            .map(words -> words.isEmpty() ? "always" : words)
            .collect(Collectors.joining(" / ", " (", ")"));
  }

  private static String words(Rule rule, String state) {
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
