package io.github.camelakeeba.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Schedule;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.yaml.SitesLoader;
import io.github.camelakeeba.pause.PauseRequests;
import io.github.camelakeeba.pause.SitePauses;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.RequestReader;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.run.store.HistoryPurge;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SampleStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one node pauses every node skips; each has its own clock and beans on one store. */
@Tag("postgres")
class PausedSchedulesTest {
  private static final Instant FIRE = Instant.parse("2026-11-24T02:30:00Z");

  @TempDir Path folder;
  private Database database;
  private Configuration configuration;

  private void open(String store) throws Exception {
    database = new SampleStore().open(store, 6);
    Path file = folder.resolve("sites.yaml");
    Files.writeString(
        file,
        """
        defaults: {zone: UTC, schedule: "0 30 2 * * ?", secret: a-long-secret-1}
        sites:
          shop: {url: "https://shop.example.com/remote.php"}
          blog: {url: "https://blog.example.com/remote.php"}
        """);
    configuration = new SitesLoader().load(file, UnaryOperator.identity());
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Clock at(String now) {
    return Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
  }

  private PauseRequests node(String now) {
    return new PauseRequests(configuration.sites(), new SitePauses(database, at(now)), at(now));
  }

  private List<String> due(Instant fire, String now) {
    ScheduleCalculator schedules = new ScheduleCalculator(configuration);
    RequestReader reader =
        new RequestReader(configuration.sites(), schedules, RunListener.NONE, at(now));
    String schedule = Schedule.of(configuration.sites().get("shop")).name();
    return new ScheduledSites(configuration, schedules, reader, database, at(now))
        .due(new ScheduleFire(schedule, fire)).stream().map(BackupRequest::site).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void a_fire_is_for_no_site_that_is_paused_then_or_was_at_its_time(String store) throws Exception {
    open(store);
    node("2026-11-23T12:00:00Z").pause("shop", "2026-11-24T02:30:00Z", null, "a");
    // the fire at the end of the pause is taken
    assertThat(due(FIRE, "2026-11-24T02:30:00Z")).containsExactly("shop", "blog");

    node("2026-11-24T01:00:00Z").pause("shop", "2026-11-24T02:31", "move", "b");
    assertThat(due(FIRE, "2026-11-24T02:30:00Z")).containsExactly("blog");
    // late, as after a downtime: the pause has ended by itself, or by a user
    assertThat(due(FIRE, "2026-11-24T05:00:00Z")).containsExactly("blog");
    node("2026-11-24T02:30:30Z").resume("shop", "b");
    assertThat(due(FIRE, "2026-11-24T05:00:00Z")).containsExactly("blog");
    // the next fire comes
    assertThat(due(FIRE.plus(Duration.ofDays(1)), "2026-11-25T02:30:00Z"))
        .containsExactly("shop", "blog");
    // paused after the time of a fire that comes late
    node("2026-11-25T04:00:00Z").pause("shop", null, null, "a");
    assertThat(due(FIRE.plus(Duration.ofDays(1)), "2026-11-25T05:00:00Z")).containsExactly("blog");
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  @Tag("fault")
  void nodes_that_pause_a_site_at_once_make_one_pause_of_it(String store) throws Exception {
    open(store);
    CyclicBarrier together = new CyclicBarrier(4);
    List<Thread> nodes =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    new Thread(
                        () -> {
                          try {
                            together.await();
                          } catch (Exception e) {
                            throw new AssertionError(e);
                          }
                          node("2026-11-24T00:00:00Z").pause("shop", null, "by " + i, "n" + i);
                        }))
            .toList();
    nodes.forEach(Thread::start);
    for (Thread one : nodes) {
      one.join();
    }
    assertThat(database.count("site_pause")).isOne();
    assertThat(new SitePauses(database, at("2026-11-24T00:00:01Z")).current())
        .containsOnlyKeys("shop");
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void a_pause_is_forgotten_as_an_ended_run_is_and_no_sooner(String store) throws Exception {
    open(store);
    node("2026-01-01T00:00:00Z").pause("shop", "2026-01-02", null, "a");
    node("2026-01-01T00:00:00Z").pause("blog", null, null, "a");
    SitePauses pauses = new SitePauses(database, at("2026-03-01T00:00:00Z"));
    assertThat(pauses.since(Instant.parse("2026-01-01T12:00:00Z")))
        .containsOnlyKeys("shop", "blog");
    assertThat(pauses.since(Instant.parse("2026-01-02T12:00:00Z"))).containsOnlyKeys("blog");

    new HistoryPurge(database, Duration.ofDays(60), at("2026-03-01T00:00:00Z")).purgeAll();
    assertThat(database.count("site_pause")).isEqualTo(2);
    new HistoryPurge(database, Duration.ofDays(60), at("2026-03-04T00:00:00Z")).purgeAll();
    assertThat(database.count("site_pause")).isOne();
    assertThat(pauses.current()).containsOnlyKeys("blog");
  }
}
