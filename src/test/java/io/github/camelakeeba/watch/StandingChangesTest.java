package io.github.camelakeeba.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.live.CurrentConfiguration;
import io.github.camelakeeba.config.yaml.SitesLoader;
import io.github.camelakeeba.outbox.OutboxQueries;
import io.github.camelakeeba.pause.PauseRequests;
import io.github.camelakeeba.pause.SitePause;
import io.github.camelakeeba.pause.SitePauses;
import io.github.camelakeeba.run.store.SiteHealthStore;
import io.github.camelakeeba.store.CopiedStore;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site is told whenever it stands otherwise: by what is written, and by time alone. */
class StandingChangesTest {
  @TempDir Path folder;

  private final Database database = CopiedStore.memory("standings-" + UUID.randomUUID(), 2);
  private Instant now = Instant.parse("2026-11-23T03:00:00Z");
  private boolean ticking;
  private final Clock clock =
      ((InstantSource) () -> ticking ? now = now.plusMillis(1) : now).withZone(ZoneOffset.UTC);
  private CurrentConfiguration current;
  private StatusQueries status;
  private StandingChanges changes;
  private PauseRequests pauses;

  @BeforeEach
  void askForTheFirstTime() throws IOException {
    current = new CurrentConfiguration(configuration("shop", "blog"));
    Configuration configuration = current.live();
    ScheduleCalculator schedules = new ScheduleCalculator(configuration);
    SiteHealthStore standings = new SiteHealthStore(database);
    standings.setWatched(configuration.sites().keySet(), now);
    SitePauses sitePauses = new SitePauses(database, clock);
    pauses = new PauseRequests(configuration.sites(), sitePauses, clock);
    status =
        new StatusQueries(
            configuration,
            schedules,
            database,
            new OverdueSites(configuration, schedules, standings, sitePauses, clock),
            new OutboxQueries(database.dataSource(), Map.of()),
            clock);
    changes = new StandingChanges(status, clock);
    assertThat(changes.next(9)).hasValue(List.of());
  }

  private Configuration configuration(String... sites) throws IOException {
    Path file = folder.resolve("sites.yaml");
    StringBuilder yaml =
        new StringBuilder(
            "defaults: {zone: UTC, schedule: \"0 30 2 * * ?\", overdueAfter: 26h}\nsites:\n");
    for (String site : sites) {
      yaml.append("  %s: {url: \"https://%s.example.com/remote.php\"".formatted(site, site))
          .append(", secret: a-long-secret-1}\n");
    }
    Files.writeString(file, yaml);
    return new SitesLoader().load(file, UnaryOperator.identity());
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** Site and state of each that is told. */
  private List<String> told() {
    List<String> told =
        changes.next(9).orElseThrow().stream().map(one -> one.site() + " " + one.state()).toList();
    assertThat(changes.next(9)).as("at once after it").hasValue(List.of());
    return told;
  }

  private void good(String site) {
    database
        .jdbc()
        .update(
            "update standing set last_good_at = ?, change = nextval('standing_change') where site = ?",
            SqlTime.of(now),
            site);
  }

  @Test
  void a_good_backup_is_told_once_also_where_the_state_stays() {
    good("shop");
    assertThat(told()).containsExactly("shop completed");
    now = now.plusSeconds(3600);
    good("shop");
    assertThat(told()).containsExactly("shop completed");
  }

  @Test
  void a_run_that_is_queued_and_one_that_has_gone_are_told() {
    database
        .jdbc()
        .update(
            """
            insert into run (id, site, host, state, trigger_kind, profile, description,
              comment_text, overrides, due_at, queued_at)
            values ('run-1', 'blog', 'h', 'queued', 'api', 1, '', '', '{}', ?, ?)
            """,
            SqlTime.of(now),
            SqlTime.of(now));
    assertThat(told()).containsExactly("blog running");

    database.jdbc().update("update run set state = 'failed', ended_at = ?", SqlTime.of(now));
    assertThat(told()).containsExactly("blog never");
  }

  @Test
  void a_backup_that_becomes_overdue_is_told_though_nothing_is_written() {
    good("blog");
    good("shop");
    assertThat(told()).containsExactly("shop completed", "blog completed");
    now = now.plusSeconds(25 * 3600);
    good("shop");
    assertThat(told()).containsExactly("shop completed");

    now = now.plusSeconds(2 * 3600);

    assertThat(told()).containsExactly("blog missed");
  }

  @Test
  void a_pause_is_told_when_it_begins_when_it_is_ended_and_when_it_ends_by_itself() {
    pauses.pause("shop", "2026-11-23T05:00:00Z", "server move", "api");
    assertThat(told()).containsExactly("shop paused");
    now = now.plusSeconds(600);
    pauses.resume("shop", "api");
    assertThat(told()).containsExactly("shop never");

    pauses.pause("blog", "2026-11-23T05:00:00Z", "server move", "api");
    assertThat(told()).containsExactly("blog paused");
    now = Instant.parse("2026-11-23T05:00:00Z");
    assertThat(told()).containsExactly("blog never");
  }

  @Test
  void a_pause_by_a_node_whose_clock_is_ahead_lasts_at_once() {
    ticking = true;
    SitePause ahead = new SitePause(now.plusSeconds(60), null, "server move", "api");
    new SitePauses(database, clock).pause("shop", ahead);

    assertThat(changes.next(9).orElseThrow())
        .extracting(ListedSite::site, ListedSite::state)
        .containsExactly(tuple("shop", "paused"));
  }

  @Test
  void of_too_many_at_once_none_is_told_and_not_later_either() {
    good("shop");
    good("blog");

    assertThat(changes.next(1)).isEmpty();
    assertThat(changes.next(1)).hasValue(List.of());
  }

  @Test
  void a_site_that_a_reload_has_taken_away_has_the_whole_list_read_anew() throws IOException {
    current.replace(configuration("shop"));
    status.forget();
    assertThat(changes.next(9)).as("nothing can be shown of it").isEmpty();
    assertThat(changes.next(9)).hasValue(List.of());

    current.replace(configuration("shop", "news"));
    status.forget();
    assertThat(told()).as("a new one is shown").containsExactly("news never");
  }

  @Test
  void what_is_read_anew_without_a_change_is_not_told() {
    good("shop");
    told();
    database.jdbc().update("update standing set change = change where site = 'shop'");

    assertThat(told()).isEmpty();
  }
}
