package io.github.camelakeeba.app.cli.output;

import io.github.camelakeeba.config.DownloadSettings;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.ScheduleInWords;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.notify.NotificationRouter;
import io.github.camelakeeba.pause.SitePause;
import io.github.camelakeeba.secret.UntrustedText;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * When a site is backed up, and who would be notified: as a line, in detail, and as JSON.
 *
 * @param pause that it is in, or null
 */
public record SitePlan(
    Site site, ScheduleCalculator schedules, NotificationRouter router, SitePause pause) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss xxx", Locale.ENGLISH);

  private static final DateTimeFormatter SHORT =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm xxx", Locale.ENGLISH);
  private static final int MAX_CELL = 60; // characters

  public Map<String, Object> json() {
    Map<String, Object> plan = new LinkedHashMap<>();
    plan.put("site", site.name());
    plan.put("enabled", site.enabled());
    plan.put("url", site.url().toString());
    plan.put("profile", site.profile());
    plan.put("schedule", site.schedule());
    plan.put("scheduleInWords", inWords());
    plan.put("zone", site.zone().getId());
    plan.put("next", nextStarts(3, TIME));
    plan.put("paused", pause);
    plan.put("watch", site.proof().watch());
    plan.put("archives", site.download() == null ? null : archives());
    Duration overdue = overdueAfter();
    plan.put("overdueAfter", overdue == null ? null : NotificationPlan.text(overdue));
    NotificationPlan notifications = notifications();
    plan.put("told", notifications.channels());
    plan.put("rules", notifications.rules());
    return plan;
  }

  /** Name, schedule, next start, who is told of failures. */
  public void row(Table table) {
    table.row(
        site.name(),
        site.schedule() != null
            ? cut(inWords())
            : site.proof().watch() ? "by others, watched" : "on events only",
        next(),
        cut(notifications().ofFailures()));
  }

  /** One site must not widen the lines of all. */
  private static String cut(String text) {
    return UntrustedText.oneLine(text, MAX_CELL);
  }

  private String next() {
    if (!site.enabled()) {
      return "switched off";
    }
    if (pause != null) {
      return PauseText.shortly(pause, site.zone().getId());
    }
    if (site.schedule() == null) {
      return "-";
    }
    return nextStarts(1, SHORT).stream().findFirst().orElse("none: the schedule has ended");
  }

  public List<String> details() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        site.name()
            + (site.title() == null ? "" : "  " + site.title())
            + (site.enabled() ? "" : "  (switched off)"));
    add(
        lines,
        site.address().endpoint() == null ? "address" : "endpoint",
        site.url() + ", profile " + site.profile());
    add(
        lines,
        "schedule",
        site.schedule() == null
            ? site.proof().watch() ? "none: others back it up" : "none: on events only"
            : "%s, %s  [%s]".formatted(inWords(), site.zone(), site.schedule()));
    if (pause != null) {
      add(
          lines,
          "paused",
          PauseText.whole(pause, site.zone().getId()).replaceFirst("^paused ", ""));
    }
    if (site.proof().watch()) {
      add(lines, "watched", "backups of other clients count, too; looked for each hour");
    }
    if (site.download() != null) {
      add(lines, "archives", archives());
    }
    nextStarts(3, TIME).forEach(time -> add(lines, "next", time));
    NotificationPlan notifications = notifications();
    for (String state : NotificationRouter.STATES) {
      if (NotificationRouter.PROOFS.contains(state) && !site.proof().isTested()) {
        continue;
      }
      String recipients = notifications.describe(state);
      add(lines, state, state.equals("missed") ? missed(recipients) : recipients);
    }
    return lines;
  }

  /** Whether a restore is to prove its backups, and when it does not, somebody should be told. */
  private static void add(List<String> lines, String key, String value) {
    lines.add("  %-9s %s".formatted(key, value));
  }

  private String inWords() {
    return site.schedule() == null ? null : ScheduleInWords.of(site.schedule());
  }

  private List<String> nextStarts(int count, DateTimeFormatter format) {
    if (!site.enabled() || pause != null && pause.until() == null) {
      return List.of();
    }
    Instant from = pause == null ? Instant.now() : pause.until().minusMillis(1);
    return schedules.next(site, from, count).stream()
        .map(fire -> format.format(fire.plus(schedules.offset(site, fire)).atZone(site.zone())))
        .toList();
  }

  private Duration overdueAfter() {
    return site.enabled() ? schedules.overdueAfter(site, Instant.now()) : null;
  }

  private NotificationPlan notifications() {
    return new NotificationPlan(router, site.name());
  }

  private String archives() {
    DownloadSettings download = site.download();
    List<String> kept = new ArrayList<>();
    add(kept, download.keep(), "the newest %s");
    add(kept, download.keepDays(), "those of %s days");
    add(kept, download.keepWeekly(), "one of each of %s weeks");
    add(kept, download.keepMonthly(), "one of each of %s months");
    return "to %s; kept: %s; on the server: %s"
        .formatted(
            download.displayLocation(),
            kept.isEmpty() ? "all" : String.join(", ", kept),
            site.onServer().word());
  }

  private static void add(List<String> kept, Integer number, String text) {
    if (number != null) {
      kept.add(text.formatted(number));
    }
  }

  private String missed(String recipients) {
    Duration after = overdueAfter();
    if (after != null) {
      return recipients + "  [missed after " + NotificationPlan.text(after) + "]";
    }
    if (!site.enabled()) {
      return "never: switched off";
    }
    return "%s  [only where its last good backup is gone: %s, no overdueAfter]"
        .formatted(
            recipients,
            site.schedule() != null
                ? "the schedule ends"
                : site.proof().watch() ? "watched" : "on events only");
  }
}
