package io.github.camelakeeba.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.yaml.SitesLoader;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.BackupRequest.IfBusy;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.run.store.RequestRepository;
import io.github.camelakeeba.store.CopiedStore;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.time.SteadyClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a downtime a site is told to be missed once the run that makes up for it has ended. */
@Tag("fault")
class CatchUpRunsTest {
  private static final Instant GOOD = Instant.parse("2026-11-20T02:31:00Z");
  private static final Instant FIRE = Instant.parse("2026-11-22T02:30:00Z");
  private static final Instant START = Instant.parse("2026-11-22T03:00:00Z");

  @TempDir Path folder;

  private final Database database = CopiedStore.memory("catch-up-" + UUID.randomUUID(), 2);
  private final SiteHealth standing =
      new SiteHealth("shop", GOOD, GOOD, null, 0, null, null, null, null, null, null);
  private Duration elapsed = Duration.ZERO;
  private CatchUpRuns catchUp;
  private Site shop;

  @BeforeEach
  void start() throws IOException {
    Path yaml = folder.resolve("sites.yaml");
    Files.writeString(
        yaml,
        """
        sites:
          shop:
            {url: "http://127.0.0.1:9/", secret: the-word, schedule: "0 30 2 * * ?", zone: UTC}
        """);
    Configuration configuration = new SitesLoader().load(yaml, UnaryOperator.identity());
    shop = configuration.sites().get("shop");
    InstantSource wall = () -> START.plus(elapsed);
    SteadyClock clock = new SteadyClock(wall.withZone(ZoneOffset.UTC), () -> elapsed.toNanos());
    catchUp = new CatchUpRuns(new ScheduleCalculator(configuration), database, clock);
    catchUp.begin();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private boolean pendingAfter(Duration since) {
    elapsed = since;
    return catchUp.pending(shop, standing);
  }

  private void queue(String id, String trigger, Instant queued, Instant due) {
    new RequestRepository(
            database, site -> site, "node", RunListener.NONE, Clock.fixed(queued, ZoneOffset.UTC))
        .accept(
            new BackupRequest(
                id, "shop", trigger, 1, "", "", Map.of(), IfBusy.QUEUE, due, null, null));
  }

  @Test
  void while_it_is_in_line_or_runs_nothing_is_told_for_an_hour_at_most() {
    queue("before", "event", START.minusSeconds(3600), START.minusSeconds(3600));
    assertThat(pendingAfter(Duration.ofMinutes(59))).isTrue();
    database.jdbc().update("update run set state = 'running'");
    assertThat(pendingAfter(Duration.ofMinutes(59).plusSeconds(59))).isTrue();
    assertThat(pendingAfter(Duration.ofHours(1))).isFalse();
  }

  @Test
  void so_it_is_with_the_run_of_a_time_that_has_passed_though_it_was_queued_and_is_due_later() {
    queue("shop@" + FIRE, "schedule", START.plusSeconds(20), START.plusSeconds(900));
    assertThat(pendingAfter(Duration.ofMinutes(10))).isTrue();
    database.jdbc().update("update run set state = 'failed'");
    assertThat(pendingAfter(Duration.ofMinutes(10))).isFalse();
  }

  @Test
  void a_time_that_has_passed_has_nine_seconds_to_fire() {
    assertThat(pendingAfter(Duration.ofSeconds(8))).isTrue();
    assertThat(pendingAfter(Duration.ofSeconds(9))).isFalse();
  }

  @Test
  void a_run_that_was_asked_for_after_the_start_puts_nothing_off() {
    queue("later", "api", START.plusSeconds(60), START.plusSeconds(60));
    Instant next = FIRE.plus(Duration.ofDays(1));
    queue("shop@" + next, "schedule", START.plusSeconds(70), START.plusSeconds(70));
    assertThat(pendingAfter(Duration.ofMinutes(2))).isFalse();
  }
}
