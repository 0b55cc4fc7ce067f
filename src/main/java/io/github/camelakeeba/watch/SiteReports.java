package io.github.camelakeeba.watch;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.ScheduleInWords;
import io.github.camelakeeba.event.EventSource;
import io.github.camelakeeba.event.Report;
import io.github.camelakeeba.event.Report.Entry;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.notify.text.HumanFormat;
import io.github.camelakeeba.outbox.ChannelState;
import io.github.camelakeeba.pause.SitePause;
import io.github.camelakeeba.pause.SitePauses;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunFailure;
import io.github.camelakeeba.run.SiteDay;
import io.github.camelakeeba.run.store.RunQueries;
import io.github.camelakeeba.run.store.SiteDays;
import io.github.camelakeeba.run.store.SiteHealthStore;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Makes the reports of how all sites stand; throws when the store is unavailable. */
public final class SiteReports {
  private static final int DAYS = 30;
  private static final int MAX_SCHEDULE_LENGTH = 100; // else 800 expressions might fill a row

  /** How a site may stand, the worst first. */
  private static final List<String> STATES =
      List.of("missed", "failed", "warning", "paused", "never", "running", "completed");

  private static final String WORSE_THAN_RUNNING = "mfw";

  private final StatusQueries status;
  private final RunQueries runs;
  private final SiteHealthStore health;
  private final SiteDays days;
  private final SitePauses pauses;
  private final ScheduleCalculator schedules;
  private final EventSource source;
  private final Clock clock;

  public SiteReports(
      StatusQueries status,
      Database database,
      ScheduleCalculator schedules,
      EventSource source,
      Clock clock) {
    this.status = status;
    this.runs = new RunQueries(database);
    this.health = new SiteHealthStore(database);
    this.days = new SiteDays(database);
    this.pauses = new SitePauses(database, clock);
    this.schedules = schedules;
    this.source = source;
    this.clock = clock;
  }

  /** The report that is due at this time, of how the sites stand now. */
  public Report report(Configuration.Report report, Instant due) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    StatusView all = status.view();
    List<SiteView> sites = all.sites().stream().filter(one -> report.isAbout(one.tags())).toList();
    List<SiteView> listed =
        sites.stream()
            .sorted(
                Comparator.comparingInt((SiteView one) -> STATES.indexOf(state(one)))
                    .thenComparing(SiteView::site))
            .limit(Report.MAX_SITES)
            .toList();
    return Report.of(
        source,
        due,
        now,
        new Report.Data(
            report.tags(),
            report.schedule().zone().getId(),
            sentence(sites, now),
            sites.size(),
            states(sites),
            report.tags().isEmpty()
                ? all.channels().stream().mapToInt(ChannelState::parked).sum()
                : 0,
            entries(listed, now),
            schedules.next(report.schedule(), now),
            false));
  }

  private static boolean isOpen(SiteView site) {
    return site.run() != null && site.run().endedAt() == null;
  }

  private static String state(SiteView site) {
    if (site.paused() != null) {
      return "paused";
    }
    if (site.overdue()) {
      return "missed";
    }
    if (site.enabled() && site.failures() > 0) {
      return "failed";
    }
    if (site.run() != null && site.run().state().equals("warning")) {
      return "warning";
    }
    return isOpen(site) ? "running" : standing(site);
  }

  private static String standing(SiteView site) {
    return site.lastGood() == null ? "never" : "completed";
  }

  private static Map<String, Integer> states(List<SiteView> sites) {
    Map<String, Integer> states = new LinkedHashMap<>();
    STATES.forEach(state -> states.put(state, 0));
    for (SiteView site : sites) {
      String state = state(site);
      states.merge(state.equals("running") ? standing(site) : state, 1, Integer::sum);
      if (isOpen(site)) {
        states.merge("running", 1, Integer::sum);
      }
    }
    states.values().removeIf(count -> count == 0);
    return states;
  }

  private static boolean needsSomebody(SiteView site) {
    return List.of("missed", "failed").contains(state(site));
  }

  private static String sentence(List<SiteView> sites, Instant now) {
    long needing = sites.stream().filter(SiteReports::needsSomebody).count();
    if (needing > 0) {
      return "%s of %s %s you."
          .formatted(count(needing), counted(sites.size()), needing == 1 ? "needs" : "need");
    }
    long without = sites.stream().filter(site -> site.enabled() && site.lastGood() == null).count();
    String good =
        without == 0
            ? "All %s have a good backup.".formatted(counted(sites.size()))
            : "%s of %s %s no good backup yet."
                .formatted(count(without), counted(sites.size()), without == 1 ? "has" : "have");
    return sites.stream()
        .filter(SiteView::enabled)
        .map(SiteView::lastGood)
        .filter(Objects::nonNull)
        .min(Instant::compareTo)
        .map(oldest -> good + " The oldest is %s old.".formatted(age(oldest, now)))
        .orElse(good);
  }

  private static String count(long number) {
    return String.format(Locale.ENGLISH, "%,d", number);
  }

  private static String counted(long sites) {
    return count(sites) + (sites == 1 ? " site" : " sites");
  }

  private static String age(Instant since, Instant now) {
    return HumanFormat.duration(since.isAfter(now) ? Duration.ZERO : Duration.between(since, now));
  }

  private List<Entry> entries(List<SiteView> sites, Instant now) {
    LocalDate first = day(now).minusDays(DAYS - 1);
    Map<String, List<SiteDay>> ends =
        days.since(first, sites.stream().map(SiteView::site).toList()).stream()
            .collect(Collectors.groupingBy(SiteDay::site));
    Map<String, SiteHealth> known = new HashMap<>();
    health.watched().forEach(one -> known.put(one.site(), one));
    Map<String, List<SitePause>> paused =
        pauses.since(first.atStartOfDay(ZoneOffset.UTC).toInstant());
    return sites.stream()
        .map(
            site ->
                entry(
                    site,
                    known.get(site.site()),
                    strip(
                        site,
                        known.get(site.site()),
                        ends.getOrDefault(site.site(), List.of()),
                        paused.getOrDefault(site.site(), List.of()),
                        now),
                    now))
        .toList();
  }

  private Entry entry(SiteView site, SiteHealth known, String strip, Instant now) {
    return new Entry(
        site.site(),
        site.title(),
        site.enabled(),
        state(site),
        site.lastGood(),
        known == null ? null : known.lastGoodSize(),
        strip,
        site.nextStart(),
        site.schedule() == null
            ? null
            : UntrustedText.truncate(ScheduleInWords.of(site.schedule()), MAX_SCHEDULE_LENGTH),
        needsSomebody(site) ? UntrustedText.asCause(reason(site, known, now)) : null);
  }

  private String reason(SiteView site, SiteHealth known, Instant now) {
    if (site.overdue()) {
      return "No good backup for %s.".formatted(age(known.since(), now));
    }
    String failedRun = known == null ? null : known.failedRun();
    RunFailure failure =
        failedRun == null ? null : runs.find(failedRun).map(Run::failure).orElse(null);
    String inARow = site.failures() == 1 ? "" : " (%s in a row)".formatted(site.failures());
    return failure == null
        ? "The backup failed%s.".formatted(inARow)
        : failure.kind().word() + inARow + ": " + failure.message();
  }

  /** A letter a day, the worst of what happened; the oldest first. */
  private static String strip(
      SiteView site,
      SiteHealth known,
      Collection<SiteDay> ends,
      Collection<SitePause> pauses,
      Instant now) {
    LocalDate first = day(now).minusDays(DAYS - 1);
    char[] letters = new char[DAYS];
    Arrays.fill(letters, '.');
    int since = known == null ? DAYS : place(first, day(known.enteredAt()));
    for (SiteDay end : ends) {
      since = Math.min(since, place(first, LocalDate.parse(end.day())));
    }
    Arrays.fill(letters, Math.min(Math.max(since, 0), DAYS), DAYS, '-');
    for (SitePause pause : pauses) {
      int from = Math.max(0, place(first, day(pause.since())));
      boolean lasts = pause.until() == null || pause.until().isAfter(now);
      int to = lasts ? DAYS - 1 : Math.min(DAYS - 1, place(first, day(pause.until())));
      for (int i = from; i <= to; i++) {
        letters[i] = 'p';
      }
    }
    for (SiteDay end : ends) {
      int place = place(first, LocalDate.parse(end.day()));
      if (place >= 0 && place < DAYS && end.worst() != null) {
        letters[place] = end.worst().charAt(0);
      }
    }
    if (isOpen(site) && WORSE_THAN_RUNNING.indexOf(letters[DAYS - 1]) < 0) {
      letters[DAYS - 1] = 'r';
    }
    return new String(letters);
  }

  private static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }

  private static int place(LocalDate first, LocalDate day) {
    return (int) ChronoUnit.DAYS.between(first, day);
  }
}
