package io.github.camelakeeba.inspection;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.BackupInfo;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.Deadline;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.exchange.IsolatedExchanges;
import io.github.camelakeeba.inspection.Judgement.Verdict;
import io.github.camelakeeba.pause.SitePauses;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.BackupRequest.IfBusy;
import io.github.camelakeeba.run.BackupRequest.TakenBackup;
import io.github.camelakeeba.run.store.SiteHealthStore;
import io.github.camelakeeba.secret.SecretMasker;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bean {@code backup-inspections}: which sites are inspected now, and what that shows. */
public final class Inspections {
  private static final Logger LOG = LoggerFactory.getLogger(Inspections.class);
  private static final int MAX_AT_ONCE = 8; // in this process
  private static final int MAX_DUE = 2_000; // of some the host has no place now
  private static final Duration FOLLOW_INTERVAL = Duration.ofMinutes(1);
  private static final Duration MAX_DURATION = Duration.ofMinutes(2);

  /** Of a node that was held up, or has died. */
  private static final Duration CLAIM_TIME = MAX_DURATION.multipliedBy(3);

  /** Runs for the same backup, where they fail for reasons that say nothing about it. */
  private static final int MAX_RUNS = 5;

  private static final int MAX_DESCRIPTION_LENGTH = 1000; // characters
  private static final Duration SAME_CLOCK = Duration.ofMinutes(1);

  private final Configuration configuration;
  private final InspectionStore store;
  private final InspectionTimes times;
  private final SiteHealthStore healths;
  private final SitePauses pauses;
  private final IsolatedExchanges exchanges;
  private final ExecutorService threads;
  private final Clock clock;
  private final AtomicInteger running = new AtomicInteger();
  private volatile long followedAt = System.nanoTime();

  public Inspections(
      Configuration configuration,
      Database database,
      IsolatedExchanges exchanges,
      ExecutorService threads,
      Timings timings,
      Clock clock) {
    this.configuration = configuration;
    this.store = new InspectionStore(database);
    this.times = new InspectionTimes(timings);
    this.healths = new SiteHealthStore(database);
    this.pauses = new SitePauses(database, clock);
    this.exchanges = exchanges;
    this.threads = threads;
    this.clock = clock;
  }

  /** At the start: every enabled site is inspected, and no other. */
  public void start() {
    follow(configuration);
  }

  /** From now on every site that is enabled there is inspected, and no other. */
  public void follow(Configuration next) {
    Map<String, Site> enabled =
        next.sites().values().stream()
            .filter(Site::enabled)
            .collect(Collectors.toMap(Site::name, site -> site));
    long watched = enabled.values().stream().filter(site -> site.proof().watch()).count();
    Instant now = clock.instant();
    followedAt = System.nanoTime();
    store.follow(
        enabled.keySet(),
        name -> times.first(enabled.get(name), watched, now),
        name -> now.plus(times.interval(enabled.get(name)).multipliedBy(2)));
  }

  /**
   * The sites that this node inspects now, the longest due first: of a host no more at once than
   * {@code limits.perHost} with its runs, none that has a run, and none that is paused.
   */
  public List<Inspection> claimDue() {
    Instant now = clock.instant();
    int places = MAX_AT_ONCE - running.get();
    if (System.nanoTime() - followedAt > FOLLOW_INTERVAL.toNanos()) {
      follow(configuration); // the wall clock may have been set back
    }
    List<String> due = places <= 0 ? List.of() : store.due(now, MAX_DUE);
    if (due.isEmpty()) {
      return List.of();
    }
    Set<String> paused = pauses.current().keySet();
    Map<String, Integer> hosts = new HashMap<>();
    store.claimed(now).forEach(name -> add(hosts, configuration.sites().get(name)));
    List<Inspection> claimed = new ArrayList<>();
    for (String name : due) {
      Site site = configuration.sites().get(name);
      if (site != null && paused.contains(name)) {
        store.postpone(name, times.next(site, false, now));
      } else if (claimed.size() < places
          && site != null
          && site.enabled()
          && hosts.getOrDefault(site.host(), 0) + store.runsOn(site.host())
              < configuration.limits().perHost()
          && store.claim(name, now, CLAIM_TIME)) {
        add(hosts, site);
        claimed.add(begin(site));
      }
    }
    return claimed;
  }

  private static void add(Map<String, Integer> hosts, Site site) {
    if (site != null) {
      hosts.merge(site.host(), 1, Integer::sum);
    }
  }

  private Inspection begin(Site site) {
    return Inspection.of(
        site.name(),
        site.host(),
        site.proof().watch(),
        healths.find(site.name()),
        store.lastGood(site.name()).orElse(null));
  }

  /** Begins it on a thread and an exchange of its own, and returns at once. */
  public void launch(@Body Inspection inspection) {
    running.incrementAndGet();
    threads.execute(
        () -> {
          try {
            Exchange done = exchanges.send("direct:backup-inspect-site", lookedAtHome(inspection));
            if (done.getException() != null) {
              LOG.warn(
                  "the inspection of {} has failed here, and is repeated: {}",
                  inspection.siteName(),
                  UntrustedText.rootCause(done.getException()));
            }
          } finally {
            running.decrementAndGet();
          }
        });
  }

  /** Here, and not where it is claimed: the folder's disk may hang. */
  private Inspection lookedAtHome(Inspection inspection) {
    LastGood good = inspection.lastGood();
    return good != null && good.atHome() && lostCopy(inspection.siteName(), good)
        ? inspection.withoutCopyAtHome()
        : inspection;
  }

  private boolean lostCopy(String site, LastGood good) {
    try {
      return store.hasLostCopy(site, good.backupid());
    } catch (RuntimeException e) {
      LOG.info(
          "the copy of the last good backup of {} can't be looked at: {}",
          site,
          UntrustedText.rootCause(e));
      return false;
    }
  }

  /** No site holds up the inspections of the others for longer. */
  public Deadline deadline() {
    long end = System.nanoTime() + MAX_DURATION.toNanos();
    return new Deadline() {
      @Override
      public Duration remaining() {
        return Duration.ofNanos(end - System.nanoTime());
      }

      @Override
      public void checkNotOver() {
        if (remaining().isNegative()) {
          throw new AkeebaException(
              ErrorKind.TIMEOUT,
              "The site did not answer within %s s.".formatted(MAX_DURATION.toSeconds()));
        }
      }

      @Override
      public boolean mayEndEarly() {
        return false;
      }
    };
  }

  /** With what the site says of the record of the last good backup. */
  public Inspection afterLook(
      @Variable("backup-inspection") Inspection inspection,
      @Variable("backup-info") BackupInfo info) {
    return inspection.withGone(LookedFor.missing(inspection.lastGood(), info));
  }

  /** With a request for the newest complete backup, unless it has been judged before. */
  public Inspection afterList(
      @Variable("backup-inspection") Inspection inspection,
      @Variable("backup-records") List<BackupRecord> records,
      @Variable("akeeba-date") Instant siteClock) {
    LastGood good = inspection.gone() == null ? null : inspection.lastGood();
    NewestBackup newest =
        NewestBackup.of(
            records, record -> good != null && good.backupid().equals(record.backupid()));
    BackupRecord found = newest.record();
    if (found == null) {
      return inspection.withFound(null, newest.complaint());
    }
    Instant end = end(found, siteClock);
    if (end == null) {
      return inspection.withFound(
          null,
          NewestBackup.error(
              ErrorKind.OUT_OF_ORDER,
              "The newest backup on the site (%s) does not say when it ended."
                  .formatted(NewestBackup.text(found))));
    }
    Judgement judgement = store.judgement(inspection.siteName(), found);
    if (judgement.verdict() == Verdict.BAD) {
      return inspection.withFound(null, notGood(found, judgement));
    }
    boolean wanted =
        switch (judgement.verdict()) {
          case UNKNOWN -> isNewer(end, inspection);
          case UNDECIDED -> judgement.runs() < MAX_RUNS;
          // its files were gone, and are there again; a damaged copy at home is read again there
          case GOOD ->
              inspection.health().goneAt() != null
                  && !store.isDamagedAtHome(inspection.siteName(), found.backupid());
          default -> false;
        };
    return inspection.withFound(
        wanted ? request(inspection, found, siteClock, end, judgement.runs()) : null,
        newest.complaint());
  }

  private static Event.Error notGood(BackupRecord found, Judgement judgement) {
    return new Event.Error(
        judgement.failure().kind(),
        "The newest complete backup on the site (%s) is not good: %s"
            .formatted(NewestBackup.text(found), judgement.failure().message()));
  }

  /** Than the last good one, where that is still there. */
  private static boolean isNewer(Instant end, Inspection inspection) {
    boolean there = inspection.gone() == null && inspection.health().goneAt() == null;
    return !there || inspection.lastGood() == null || end.isAfter(inspection.lastGood().endedAt());
  }

  /** By our clock and never in the future; null: the record gives no time. */
  private Instant end(BackupRecord record, Instant siteClock) {
    Instant end = record.end() == null ? record.start() : record.end();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Instant ours = end == null ? null : byOurClock(end, siteClock);
    return ours != null && ours.isAfter(now) ? now : ours;
  }

  private Instant byOurClock(Instant time, Instant siteClock) {
    if (time == null || siteClock == null) {
      return time;
    }
    Duration behind = Duration.between(siteClock, clock.instant()).truncatedTo(ChronoUnit.SECONDS);
    return behind.abs().compareTo(SAME_CLOCK) > 0 ? time.plus(behind) : time;
  }

  private BackupRequest request(
      Inspection inspection, BackupRecord found, Instant siteClock, Instant end, int runs) {
    String site = inspection.siteName();
    return new BackupRequest(
        "watch:%s:%s%s".formatted(site, found.backupid(), runs == 0 ? "" : ":" + (runs + 1)),
        site,
        "watch",
        Math.max(1, found.profile()),
        UntrustedText.limited(found.description(), MAX_DESCRIPTION_LENGTH),
        "",
        Map.of(),
        IfBusy.REFUSE,
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        "watch:" + UntrustedText.asName(NewestBackup.origin(found)),
        new TakenBackup(
            found.id(),
            found.backupid(),
            found.archive(),
            byOurClock(found.start(), siteClock),
            end));
  }

  /** A site that does not answer is no evidence; that it did not is noted. */
  public Inspection unanswered(
      @Variable("backup-inspection") Inspection inspection,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) AkeebaException why) {
    LOG.info("{} could not be inspected: {}", inspection.siteName(), why.getMessage());
    return inspection.withoutAnswer(
        NewestBackup.error(
            why.kind(),
            "The site could not be asked for its backups: " + SecretMasker.mask(why.getMessage())));
  }

  /** Notes what has come of it, and when the site is inspected next. */
  public void close(@Variable("backup-inspection") Inspection inspection) {
    Instant now = clock.instant();
    Site site = configuration.sites().get(inspection.siteName());
    if (site != null) {
      boolean soon = inspection.gone() != null || inspection.request() != null;
      store.close(inspection, now, times.next(site, soon, now));
    }
  }
}
