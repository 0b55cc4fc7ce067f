package io.github.camelakeeba.notify.text;

import io.github.camelakeeba.event.Report;
import io.github.camelakeeba.secret.UntrustedText;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The data model of a report: how all sites stand, the worst first. */
final class ReportModel {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.ENGLISH);
  private static final Pattern SAME_LETTERS = Pattern.compile("(.)\\1*");

  /** What restore tests say, as the API has it, and as people say it. */
  private static final Map<String, String> PROOFS = proofs();

  private static final int MAX_NAMES = 5; // of sites, in a sentence

  private static final Set<String> DOUBTS = Set.of("unproved", "overdue");

  /** What a site is first in, of those that are not switched off, is the state of the whole. */
  private static final List<String> WORST = List.of("missed", "failed", "warning", "completed");

  private final Report report;
  private final ZoneId zone;

  private ReportModel(Report report) {
    this.report = report;
    this.zone = ZoneId.of(report.data().zone());
  }

  static Map<String, Object> of(Report report) {
    return new ReportModel(report).toModel();
  }

  /** The state that stands for all, such as for its colour. */
  static String worst(Report report) {
    String worst =
        report.data().sites().stream()
            .filter(Report.Entry::enabled)
            .map(Report.Entry::state)
            .filter(state -> WORST.contains(state) || state.equals("never"))
            .findFirst()
            .orElse("never");
    return worst.equals("completed")
            && report.data().proofs().keySet().stream().anyMatch(DOUBTS::contains)
        ? "warning"
        : worst;
  }

  private Map<String, Object> toModel() {
    Report.Data data = report.data();
    DataModelBuilder model = new DataModelBuilder(zone);
    model.put("state", "report");
    model.put("test", data.test());
    model.put("worst", worst(report));
    model.putLine("time", model.formatTime(report.time()));
    model.putLine("zone", data.zone());
    model.putLine("tags", String.join(", ", data.tags()));
    model.putLine("sentence", data.sentence());
    model.putLine("total", DigestModel.count(data.total()));
    model.putLine("sum", sum(data.states()));
    model.putLine("proofs", proofs(data));
    model.put("parked", data.parked());
    model.put("sites", data.sites().stream().map(this::row).toList());
    model.put("needing", data.sites().stream().filter(ReportModel::needsSomebody).count());
    if (data.total() > data.sites().size()) {
      model.putLine("more", DigestModel.count(data.total() - data.sites().size()));
    }
    model.putLine("next", model.formatTime(data.next()));
    return model.toModel();
  }

  private static boolean needsSomebody(Report.Entry site) {
    return site.reason() != null;
  }

  private static String sum(Map<String, Integer> states) {
    return Stream.concat(WORST.stream(), Stream.of("paused", "never", "running"))
        .filter(states::containsKey)
        .map(state -> DigestModel.count(states.get(state)) + " " + said(state))
        .collect(Collectors.joining(", "));
  }

  private static Map<String, String> proofs() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("unproved", "unproved");
    words.put("overdue", "overdue");
    words.put("never", "not proved yet");
    words.put("proved", "proved");
    return words;
  }

  /** "1 unproved (shop), 14 not proved yet, 199 proved"; null: no site is tested. */
  private static String proofs(Report.Data data) {
    return data.proofs().isEmpty()
        ? null
        : PROOFS.keySet().stream()
            .filter(data.proofs()::containsKey)
            .map(word -> proofs(data, word))
            .collect(Collectors.joining(", "));
  }

  private static String proofs(Report.Data data, String word) {
    int count = data.proofs().get(word);
    List<String> named =
        data.sites().stream()
            .filter(site -> DOUBTS.contains(word) && site.enabled() && word.equals(site.proof()))
            .limit(MAX_NAMES)
            .map(ReportModel::name)
            .toList();
    return "%s %s%s"
        .formatted(
            DigestModel.count(count),
            PROOFS.get(word),
            named.isEmpty()
                ? ""
                : " (%s%s)".formatted(String.join(", ", named), count > named.size() ? ", …" : ""));
  }

  private static String name(Report.Entry site) {
    return UntrustedText.oneLine(site.title() == null ? site.site() : site.title(), 100);
  }

  private static String said(String state) {
    return switch (state) {
      case "warning" -> "with warnings";
      case "never" -> "without a backup yet";
      case "running" -> "running now";
      default -> state;
    };
  }

  private Map<String, Object> row(Report.Entry site) {
    Map<String, Object> row = new HashMap<>();
    row.put("site", name(site));
    row.put("state", site.state());
    row.put("strip", site.strip());
    row.put("cells", cells(site.strip()));
    if (site.lastGoodAt() != null) {
      row.put("last", time(site.lastGoodAt()));
      row.put("age", HumanFormat.age(site.lastGoodAt(), report.time()));
    }
    String proved =
        site.provedAt() == null ? null : HumanFormat.age(site.provedAt(), report.time());
    put(row, "proved", proved);
    put(row, "proof", proof(site.proof(), proved));
    row.put("doubt", site.proof() != null && DOUBTS.contains(site.proof()));
    if (site.size() != null) {
      row.put("size", HumanFormat.size(site.size()));
    }
    row.put("next", next(site));
    put(row, "schedule", site.schedule());
    put(row, "reason", UntrustedText.asCause(site.reason()));
    return row;
  }

  /** What a restore says of a site; null: there was none, and is to be none. */
  private static String proof(String state, String proved) {
    if (state == null) { // as an earlier version has written it
      return proved == null ? null : "proved by a restore %s ago".formatted(proved);
    }
    return switch (state) {
      case "unproved" ->
          "not proved by the last restore test"
              + (proved == null ? "" : "; a restore proved it %s ago".formatted(proved));
      case "overdue" ->
          "proof overdue: "
              + (proved == null
                  ? "no restore has proved it"
                  : "a restore proved it %s ago".formatted(proved));
      case "never" -> "not proved by a restore yet";
      default -> "proved by a restore %s ago".formatted(proved);
    };
  }

  private static void put(Map<String, Object> row, String name, String value) {
    if (value != null) {
      row.put(name, value);
    }
  }

  private String next(Report.Entry site) {
    if (!site.enabled()) {
      return "switched off";
    }
    return site.nextRun() != null
        ? "next " + time(site.nextRun())
        : site.schedule() == null ? "on events only" : "no next run";
  }

  private String time(Instant at) {
    return TIME.format(at.atZone(zone));
  }

  /** What is the same on several days in a row in one: a mail of 800 sites stays small. */
  private static List<Map<String, Object>> cells(String strip) {
    List<Map<String, Object>> cells = new ArrayList<>();
    for (MatchResult same : SAME_LETTERS.matcher(strip).results().toList()) {
      cells.add(Map.of("letter", same.group(1), "letters", same.group()));
    }
    return cells;
  }
}
