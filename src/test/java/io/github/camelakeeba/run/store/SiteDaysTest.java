package io.github.camelakeeba.run.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.BackupRequest.IfBusy;
import io.github.camelakeeba.run.ClaimLostException;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.run.RunState;
import io.github.camelakeeba.run.SiteDay;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SampleStore;
import io.github.camelakeeba.time.SteadyClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A row a site and day of UTC, written with what it counts. */
@Tag("postgres")
class SiteDaysTest {
  private static final Instant MIDNIGHT = Instant.parse("2026-11-29T00:00:00Z");

  private Database database;
  private RunRepository repository;

  @AfterEach
  void close() {
    database.close();
  }

  private void open(String store) throws Exception {
    database = new SampleStore().open(store, 3);
    repository = new RunRepository(database, new SteadyClock(Clock.systemUTC()));
  }

  /** A run that has been claimed, and began a minute before it ends so. */
  private Run ended(String site, RunState state, Instant end, long size) {
    Clock begin = Clock.fixed(end.minusSeconds(60), ZoneOffset.UTC);
    new RequestRepository(database, name -> name, "me", RunListener.NONE, begin)
        .accept(
            new BackupRequest(
                null, site, "api", 1, "", "", Map.of(), IfBusy.QUEUE, Instant.EPOCH, null, null));
    Run run = SampleClaimer.of(database, "me", begin).claimBatch().get(0);
    return run.with(run.backup().withArchive(1L, "site.jpa", 1, size), run.warnings())
        .ended(state, end);
  }

  private void write(Run run) {
    Event event =
        new Event(
            "1.0", run.id(), "/sites/" + run.site(), "", run.id(), run.endedAt(), "", null, null);
    repository.end(
        run,
        () -> {
          repository.siteEnded(run, false);
          repository.writeEnd(run, event);
        });
  }

  private List<SiteDay> days(String... sites) {
    return new SiteDays(database).since(LocalDate.EPOCH, List.of(sites));
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void each_state_is_counted_and_the_worst_of_a_day_wins(String store) throws Exception {
    open(store);
    Instant noon = MIDNIGHT.plus(Duration.ofHours(12));
    write(ended("shop", RunState.COMPLETED, noon, 100));
    assertThat(days("shop"))
        .containsExactly(
            new SiteDay("shop", "2026-11-29", "completed", 1, 0, 0, 0, 100L, 60_000L, "c"));

    write(ended("shop", RunState.WARNING, noon.plusSeconds(100), 90));
    write(ended("shop", RunState.COMPLETED, noon.plusSeconds(200), 80));
    assertThat(days("shop"))
        .containsExactly(
            new SiteDay("shop", "2026-11-29", "warning", 2, 1, 0, 0, 80L, 60_000L, "w"));

    // a failed one has no archive of which the size would count
    write(ended("shop", RunState.FAILED, noon.plusSeconds(300), 7));
    write(ended("shop", RunState.COMPLETED, noon.plusSeconds(400), 70));
    assertThat(days("shop"))
        .containsExactly(
            new SiteDay("shop", "2026-11-29", "failed", 3, 1, 1, 0, 70L, 60_000L, "f"));

    write(ended("blog", RunState.FAILED, noon, 7));
    assertThat(days("blog"))
        .containsExactly(new SiteDay("blog", "2026-11-29", "failed", 0, 0, 1, 0, null, null, "f"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void a_missed_backup_is_counted_by_the_node_that_reports_it(String store) throws Exception {
    open(store);
    SiteHealthStore health = new SiteHealthStore(database);
    database.together(() -> health.setWatched(Set.of("shop"), MIDNIGHT));
    SiteHealth shop = health.watched().get(0);
    for (boolean first : new boolean[] {true, false}) {
      assertThat(health.markMissed(shop, MIDNIGHT.plusSeconds(1))).isEqualTo(first);
    }
    assertThat(days("shop"))
        .containsExactly(new SiteDay("shop", "2026-11-29", "missed", 0, 0, 0, 1, null, null, "m"));

    write(ended("shop", RunState.COMPLETED, MIDNIGHT.plusSeconds(100), 5));
    write(ended("shop", RunState.FAILED, MIDNIGHT.plusSeconds(200), 5));
    assertThat(days("shop"))
        .containsExactly(new SiteDay("shop", "2026-11-29", "missed", 1, 0, 1, 1, 5L, 60_000L, "m"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void the_day_is_that_of_utc_at_the_end_of_the_run(String store) throws Exception {
    open(store);
    write(ended("shop", RunState.COMPLETED, MIDNIGHT.minusMillis(1), 1));
    write(ended("shop", RunState.FAILED, MIDNIGHT, 1));
    assertThat(days("shop"))
        .extracting(one -> one.day() + " " + one.worst())
        .containsExactly("2026-11-28 completed", "2026-11-29 failed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void an_end_that_is_written_again_is_counted_once_and_one_that_is_not_written_never(String store)
      throws Exception {
    open(store);
    Run run = ended("shop", RunState.COMPLETED, MIDNIGHT, 1);
    write(run);
    write(run); // the store had gone after the commit
    assertThat(days("shop")).extracting(SiteDay::completed).containsExactly(1);

    Run lost = ended("blog", RunState.COMPLETED, MIDNIGHT, 1);
    database.jdbc().update("update run set claim = claim + 1 where id = ?", lost.id());
    assertThatThrownBy(() -> write(lost)).isInstanceOf(ClaimLostException.class);
    assertThat(days("blog")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void days_go_with_the_history(String store) throws Exception {
    open(store);
    for (int day = 0; day < 5; day++) {
      write(ended("shop", RunState.COMPLETED, MIDNIGHT.plus(Duration.ofDays(day)), 1));
    }
    Clock later = Clock.fixed(MIDNIGHT.plus(Duration.ofDays(4)).plusSeconds(1), ZoneOffset.UTC);

    new HistoryPurge(database, Duration.ofDays(2), later).purgeAll();

    // of the day that is partly within, nothing is left out
    assertThat(days("shop"))
        .extracting(SiteDay::day)
        .containsExactly("2026-12-01", "2026-12-02", "2026-12-03");
    assertThat(database.count("run")).isEqualTo(2);
  }
}
