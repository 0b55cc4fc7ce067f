package io.github.camelakeeba.watch;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.event.EventSource;
import io.github.camelakeeba.event.Report;
import io.github.camelakeeba.event.Report.Entry;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.watch.SiteOrder.Sort;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Makes the reports of how all sites stand; throws when the store is unavailable. */
public final class SiteReports {
  private static final Sort WORST_FIRST = new Sort(SiteOrder.STATE, false);
  private static final int MAX_SCHEDULE_LENGTH = 100; // else 800 expressions might fill a row

  private final StatusQueries status;
  private final SummaryQueries summaries;
  private final ScheduleCalculator schedules;
  private final EventSource source;
  private final Clock clock;

  public SiteReports(
      StatusQueries status,
      SummaryQueries summaries,
      ScheduleCalculator schedules,
      EventSource source,
      Clock clock) {
    this.status = status;
    this.summaries = summaries;
    this.schedules = schedules;
    this.source = source;
    this.clock = clock;
  }

  /** The report that is due at this time, of how the sites stand now. */
  public Report report(Configuration.Report report, Instant due) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Predicate<Collection<String>> wanted = report::isAbout;
    Summary summary = summaries.summary(null, wanted, report.tags().isEmpty());
    Map<String, Integer> states = new LinkedHashMap<>(summary.states());
    states.values().removeIf(count -> count == 0);
    SiteFilter filter = new SiteFilter(Set.of(), Set.of(), Set.of(), null, wanted);
    List<Entry> sites =
        status.page(filter, WORST_FIRST, null, Report.MAX_SITES).sites().stream()
            .map(SiteReports::entry)
            .toList();
    return Report.of(
        source,
        due,
        now,
        new Report.Data(
            report.tags(),
            report.schedule().zone().getId(),
            summary.sentence(),
            summary.sites(),
            states,
            status.proofs(filter),
            summary.needsYou().parked(),
            sites,
            schedules.next(report.schedule(), now),
            false));
  }

  private static Entry entry(ListedSite site) {
    ProofState proof = ProofState.of(site.proof());
    return new Entry(
        site.site(),
        site.title(),
        site.enabled(),
        site.state(),
        site.lastGood(),
        site.size(),
        site.strip(),
        site.start(),
        site.scheduleInWords() == null
            ? null
            : UntrustedText.truncate(site.scheduleInWords(), MAX_SCHEDULE_LENGTH),
        UntrustedText.asCause(site.reason()),
        proof == null ? null : proof.word(),
        proof == null ? null : site.proof().provedAt());
  }
}
