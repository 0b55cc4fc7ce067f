package io.github.camelakeeba.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.yaml.SitesLoader;
import io.github.camelakeeba.outbox.OutboxQueries;
import io.github.camelakeeba.pause.SitePause;
import io.github.camelakeeba.pause.SitePauses;
import io.github.camelakeeba.run.store.SiteHealthStore;
import io.github.camelakeeba.store.CopiedStore;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import io.github.camelakeeba.watch.Summary.CallerName;
import io.github.camelakeeba.watch.Summary.SiteAt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The summary that remembers what it has counted says what one says that counts all sites anew,
 * whatever another node writes and however the time goes.
 */
class SummaryIsExactTest {
  private static final CallerName CALLER = new CallerName("api", "admin");
  private static final int SITES = 30; // of which 21 need a person at times

  @TempDir Path folder;

  private final Database database = CopiedStore.memory("summary-" + UUID.randomUUID(), 2);
  private Instant now = Instant.parse("2026-10-24T20:00:00Z"); // the clocks change in the night
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  private final SitePauses pauses = new SitePauses(database, clock);
  private Configuration configuration;
  private ScheduleCalculator schedules;

  @BeforeEach
  void configure() throws IOException {
    StringBuilder yaml = new StringBuilder("sites:\n");
    for (int i = 0; i < SITES; i++) {
      yaml.append("  s%d: {url: \"https://s%d.example.com/remote.php\"".formatted(i, i))
          .append(", tags: [t%d, %s]".formatted(i % 3, i % 2 == 0 ? "even" : "odd"))
          .append(i % 7 == 3 ? ", enabled: false" : "")
          .append(i % 5 == 1 ? ", schedule: \"0 0 * * * ?\", overdueAfter: 3h" : "")
          .append("}\n");
    }
    yaml.append(
        """
        defaults: {zone: Europe/Berlin, schedule: "0 30 2 * * ?", secret: a-long-secret-1, overdueAfter: 26h}
        limits: {spread: 30m}
        """);
    Path file = folder.resolve("sites.yaml");
    Files.writeString(file, yaml);
    configuration = new SitesLoader().load(file, UnaryOperator.identity());
    schedules = new ScheduleCalculator(configuration);
    new SiteHealthStore(database)
        .setWatched(
            configuration.sites().keySet().stream()
                .filter(name -> configuration.sites().get(name).enabled())
                .collect(Collectors.toSet()),
            now);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private StatusQueries status(ScheduleCalculator calculator) {
    return new StatusQueries(
        configuration,
        calculator,
        database,
        new OverdueSites(configuration, calculator, new SiteHealthStore(database), pauses, clock),
        new OutboxQueries(database.dataSource(), Map.of()),
        clock);
  }

  private SummaryQueries summaries(StatusQueries status) {
    return new SummaryQueries(
        "node",
        false,
        status,
        new OutboxQueries(database.dataSource(), Map.of()),
        List::of,
        database,
        clock);
  }

  @Test
  void what_was_counted_before_never_makes_a_difference() {
    StatusQueries status = status(schedules);
    SummaryQueries remembers = summaries(status);
    Random random = new Random(17);
    for (int step = 0; step < 400; step++) {
      String what = change(random, status);
      ScheduleCalculator unused = new ScheduleCalculator(configuration);
      StatusQueries anew = status(unused);

      Summary summary = remembers.summary(CALLER, tags -> true, true);

      assertThat(summary)
          .as("step %s at %s: %s", step, now, what)
          .isEqualTo(summaries(anew).summary(CALLER, tags -> true, true));
      Collection<SiteStanding> sites = anew.standings().now().values();
      assertThat(summary.states()).as(what).isEqualTo(countedOneByOne(sites));
      assertThat(summary.nextRun()).as(what).isEqualTo(nextOneByOne(sites, unused));
      assertThat(remembers.summary(CALLER, tags -> tags.contains("t1"), false))
          .as("who sees a part, after %s", what)
          .isEqualTo(summaries(anew).summary(CALLER, tags -> tags.contains("t1"), false));
    }
  }

  private Map<String, Integer> countedOneByOne(Collection<SiteStanding> sites) {
    Map<String, Integer> states = new LinkedHashMap<>();
    SiteState.words().forEach(word -> states.put(word, 0));
    for (SiteStanding one : sites) {
      states.merge(one.with(false).state(now).word(), 1, Integer::sum);
      states.merge("running", one.open() ? 1 : 0, Integer::sum);
    }
    return states;
  }

  private SiteAt nextOneByOne(Collection<SiteStanding> sites, ScheduleCalculator calculator) {
    return sites.stream()
        .filter(one -> one.site().enabled() && !one.paused(now))
        .map(
            one -> {
              Instant fire = one.nextFire(calculator, now);
              return new SiteAt(one.site().name(), fire.plus(calculator.offset(one.site(), fire)));
            })
        .min(Comparator.comparing(SiteAt::at))
        .orElse(null);
  }

  private String change(Random random, StatusQueries status) {
    String site = "s" + random.nextInt(SITES);
    switch (random.nextInt(12)) {
      case 0, 1 -> {
        ended(site, "completed");
        return site + " is good";
      }
      case 2 -> {
        ended(site, "warning");
        return site + " has warnings";
      }
      case 3 -> {
        ended(site, "failed");
        return site + " failed";
      }
      case 4 -> {
        for (int i = 0; i < SITES; i++) {
          ended("s" + i, random.nextInt(3) == 0 ? "completed" : "failed");
        }
        return "most failed";
      }
      case 5 -> {
        database
            .jdbc()
            .update(
                """
                insert into run (id, site, host, state, trigger_kind, profile, description,
                  comment_text, overrides, due_at, queued_at)
                values (?, ?, 'h', 'queued', 'api', 1, '', '', '{}', ?, ?)
                """,
                UUID.randomUUID().toString(),
                site,
                SqlTime.of(now),
                SqlTime.of(now));
        return site + " is queued";
      }
      case 6 -> {
        database.jdbc().update("update run set state = 'failed', ended_at = ?", SqlTime.of(now));
        return "no run is open";
      }
      case 7 -> {
        Instant until = random.nextBoolean() ? now.plusSeconds(random.nextInt(90_000)) : null;
        pauses.pause(site, new SitePause(now, until, "server move", "api"));
        return site + " is paused until " + until;
      }
      case 8 -> {
        pauses.resume(site);
        return site + " is resumed";
      }
      case 9 -> {
        now = now.minusSeconds(random.nextInt(600));
        return "the clock is put back";
      }
      case 10 -> {
        status.forget();
        return "a reload";
      }
      default -> {
        now = now.plusSeconds(random.nextInt(random.nextBoolean() ? 4_000 : 40_000));
        return "time passes";
      }
    }
  }

  private void ended(String site, String state) {
    boolean failed = state.equals("failed");
    new SiteHealthStore(database).lock(site, now);
    database
        .jdbc()
        .update(
            """
            update standing set failures = ?, failed_at = ?, failed_run = ?,
              last_good_at = case when ? then last_good_at else ? end,
              last_run = 'run', last_state = ?, last_ended_at = ?,
              change = nextval('standing_change')
            where site = ?
            """,
            failed ? 1 : 0,
            failed ? SqlTime.of(now) : null,
            failed ? "run" : null,
            failed,
            SqlTime.of(now),
            state,
            SqlTime.of(now),
            site);
  }

  /** As that of a node that stood still for a moment, while 600 others were written. */
  @Test
  void a_change_that_is_committed_long_after_it_was_numbered_is_counted_at_once()
      throws SQLException {
    SummaryQueries summaries = summaries(status(schedules));
    Map<String, Integer> before = new TreeMap<>();
    ended("s0", "completed");
    before.putAll(summaries.summary(CALLER, tags -> true, true).states());
    try (Connection slow = database.dataSource().getConnection()) {
      slow.setAutoCommit(false);
      try (PreparedStatement failed =
          slow.prepareStatement(
              "update standing set failures = 1, failed_at = current_timestamp, failed_run = 'r',"
                  + " change = nextval('standing_change') where site = 's0'")) {
        failed.executeUpdate();
      }
      for (int i = 0; i < 600; i++) {
        database
            .jdbc()
            .update("update standing set change = nextval('standing_change') where site = 's1'");
      }
      assertThat(summaries.summary(CALLER, tags -> true, true).states()).isEqualTo(before);

      slow.commit();
    }

    assertThat(summaries.summary(CALLER, tags -> true, true).states())
        .containsEntry("failed", 1)
        .containsEntry("completed", before.get("completed") - 1);
  }
}
