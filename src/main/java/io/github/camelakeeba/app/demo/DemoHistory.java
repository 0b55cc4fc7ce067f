package io.github.camelakeeba.app.demo;

import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.backup.DescriptionTemplate;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Configuration.Limits;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.run.BackupEventFactory;
import io.github.camelakeeba.run.BackupProgress;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.ExpectedRows;
import io.github.camelakeeba.run.RequestReader;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunFailure;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.run.RunState;
import io.github.camelakeeba.run.RunWarnings;
import io.github.camelakeeba.run.store.ActiveRuns;
import io.github.camelakeeba.run.store.ClaimPolicy;
import io.github.camelakeeba.run.store.InstallationIdentity;
import io.github.camelakeeba.run.store.NodeHeartbeat;
import io.github.camelakeeba.run.store.RequestRepository;
import io.github.camelakeeba.run.store.RunClaimer;
import io.github.camelakeeba.run.store.RunGuard;
import io.github.camelakeeba.run.store.RunRepository;
import io.github.camelakeeba.run.store.SiteHealthStore;
import io.github.camelakeeba.run.store.StopRequests;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.time.SteadyClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A past for the sites of the demo. That of the last days is written by the parts of the product
 * that write a real one, at simulated times; of older days there are only the rows of the days.
 * Nobody is notified of it.
 */
final class DemoHistory {
  private static final String NODE = "demo";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Map<String, DemoSite> sites;
  private final Configuration configuration;
  private final Database database;
  private final Instant last;
  private final Clock clock = ((InstantSource) this::now).withZone(ZoneOffset.UTC);
  private final RequestReader reader;
  private final RequestRepository requests;
  private final RunRepository runs;
  private final ActiveRuns active = new ActiveRuns();
  private final RunClaimer claimer;
  private final BackupEventFactory events;
  private final SiteHealthStore health;
  private final DescriptionTemplate descriptions = new DescriptionTemplate(clock);
  private Instant now;

  /**
   * The store is an empty one.
   *
   * @param last when the backups of the last day began; those of earlier days at the same time
   */
  DemoHistory(List<DemoSite> sites, Configuration configuration, Database database, Instant last) {
    this.sites = sites.stream().collect(Collectors.toMap(DemoSite::name, Function.identity()));
    this.configuration = configuration;
    this.database = database;
    this.last = last;
    this.now = last;
    this.reader =
        new RequestReader(
            configuration.sites(), new ScheduleCalculator(configuration), RunListener.NONE, clock);
    this.requests =
        new RequestRepository(
            database,
            site -> configuration.sites().get(site).host(),
            NODE,
            RunListener.NONE,
            clock);
    this.runs = new RunRepository(database, new SteadyClock(clock));
    this.claimer =
        new RunClaimer(
            database,
            () -> new Limits(sites.size(), sites.size(), Duration.ZERO),
            NODE,
            ClaimPolicy.ALL,
            new RunGuard(runs, new StopRequests(database), clock),
            active,
            RunListener.NONE,
            Timings.SHIPPED,
            clock);
    this.events =
        new BackupEventFactory(
            configuration.sites(), NODE, new InstallationIdentity(database).source(), false, clock);
    this.health = new SiteHealthStore(database);
  }

  private Instant now() {
    return now;
  }

  void write() {
    NodeHeartbeat heartbeat = new NodeHeartbeat(database, NODE, Timings.SHIPPED, System::nanoTime);
    heartbeat.beat();
    writeDays();
    for (int daysAgo = DemoSite.LATELY - 1; daysAgo >= 0; daysAgo--) {
      writeRuns(daysAgo);
    }
    heartbeat.deregister();
  }

  private Instant fire(int daysAgo) {
    return last.minus(Duration.ofDays(daysAgo));
  }

  private static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  /** The days before those whose runs are there. */
  private void writeDays() {
    List<Object[]> rows = new ArrayList<>();
    for (DemoSite site : sites.values()) {
      for (int daysAgo = DemoSite.LATELY; daysAgo < site.days(); daysAgo++) {
        LocalDate day = day(fire(daysAgo));
        char letter = site.on(day, daysAgo);
        boolean good = letter == 'c' || letter == 'w';
        if (letter != '-') {
          rows.add(
              new Object[] {
                site.name(),
                day,
                switch (letter) {
                  case 'c' -> "completed";
                  case 'w' -> "warning";
                  case 'f' -> "failed";
                  default -> "missed";
                },
                letter == 'c' ? 1 : 0,
                letter == 'w' ? 1 : 0,
                letter == 'f' ? 1 : 0,
                letter == 'm' ? 1 : 0,
                good ? site.sizeOn(daysAgo) : null,
                good ? site.tookOn(daysAgo).toMillis() : null
              });
        }
      }
    }
    database.together(
        () ->
            database
                .jdbc()
                .batchUpdate(
                    """
                    insert into site_day (site, utc_day, worst, completed, warning, failed, missed,
                      size, duration_ms)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    rows));
  }

  private void writeRuns(int daysAgo) {
    Instant fire = fire(daysAgo);
    now = fire;
    Set<String> there =
        sites.values().stream()
            .filter(site -> daysAgo < site.days())
            .map(DemoSite::name)
            .collect(Collectors.toSet());
    database.together(() -> health.setWatched(there, fire));
    List<BackupRequest> due = new ArrayList<>();
    List<String> missed = new ArrayList<>();
    for (DemoSite site : sites.values()) {
      char letter = site.on(day(fire), daysAgo);
      if (letter == 'm') {
        missed.add(site.name());
      } else if (letter != '-') {
        due.add(reader.scheduled(configuration.sites().get(site.name()), fire).queued(fire));
      }
    }
    requests.acceptAll(due);
    for (Run run : claimer.claimBatch()) {
      end(run, sites.get(run.site()), daysAgo);
    }
    reportMissed(missed);
  }

  private void reportMissed(List<String> missed) {
    for (SiteHealth site : missed.isEmpty() ? List.<SiteHealth>of() : health.watched()) {
      if (missed.contains(site.site())) {
        database.together(() -> health.markMissed(site, now));
      }
    }
  }

  private void end(Run claimed, DemoSite site, int daysAgo) {
    char letter = site.on(day(now), daysAgo);
    Instant end = now.plus(site.tookOn(daysAgo));
    boolean failed = letter == 'f';
    long record = site.days() - daysAgo;
    String stamp = STAMP.format(now);
    BackupProgress backup =
        new BackupProgress(
            "id-%s-%s".formatted(stamp, record),
            record,
            "site-%s-%s.jpa".formatted(site.name(), stamp),
            failed ? 0 : 1,
            failed ? 0 : site.sizeOn(daysAgo),
            failed ? "Packing" : "finale",
            "",
            16,
            16,
            failed ? 56 : 100,
            0,
            false,
            now,
            ExpectedRows.NONE);
    RunWarnings warnings =
        letter == 'w' ? RunWarnings.NONE.plus(List.of(site.trouble())) : RunWarnings.NONE;
    String description =
        descriptions.fill(
            claimed.request().description(), claimed, configuration.sites().get(site.name()));
    Run described = runs.saveDescription(claimed.withDescription(description));
    Run run =
        runs.checkpoint(described.nextStart().with(backup, warnings))
            .failed(failed ? new RunFailure(ErrorKind.BACKUP_ERROR, site.trouble()) : null)
            .ended(
                failed ? RunState.FAILED : letter == 'w' ? RunState.WARNING : RunState.COMPLETED,
                end);
    Event event = events.of(run, run.state().word(), List.of(), null);
    runs.end(
        run,
        () -> {
          runs.siteEnded(run, false);
          runs.writeEnd(run, event);
        });
    active.end(run);
  }
}
