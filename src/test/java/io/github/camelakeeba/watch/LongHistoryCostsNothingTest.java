package io.github.camelakeeba.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.outbox.OutboxQueries;
import io.github.camelakeeba.pause.SitePauses;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.run.store.HistoryPurge;
import io.github.camelakeeba.run.store.QueueMetrics;
import io.github.camelakeeba.run.store.RunQueries;
import io.github.camelakeeba.run.store.SiteHealthStore;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SharedPostgres;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By PostgreSQL's own count of the rows that it reads. */
@Tag("postgres")
class LongHistoryCostsNothingTest {
  private static final int SITES = 10;
  private static final int ENDED = 6_000;

  @TempDir Path folder;

  @Test
  void status_metrics_and_watchdog_read_a_few_rows_a_site_of_thousands() throws Exception {
    try (RunningProduct product =
        new RunningProduct(folder).postgres(SharedPostgres.newDatabase())) {
      for (int i = 0; i < SITES; i++) {
        product.site(
            "site-" + i, URI.create("http://127.0.0.1:9/" + i), "schedule: \"0 0 3 * * ?\"");
      }
      product.site("new", URI.create("http://127.0.0.1:9/new")).start();
      Database database = product.database();
      database
          .jdbc()
          .update(
              """
              insert into run (id, site, host, state, trigger_kind, profile, description,
                comment_text, overrides, due_at, queued_at, started_at, ended_at)
              select 'run-' || x, 'site-' || x % ?, 'h', 'failed', 'api', 1, '', '', '{}',
                current_timestamp - x * interval '1 minute',
                current_timestamp - x * interval '1 minute',
                current_timestamp - x * interval '1 minute',
                current_timestamp - x * interval '1 minute'
              from generate_series(1, ?) as numbers (x)
              """,
              SITES, ENDED);
      database.jdbc().execute("analyze run");
      // overdue, and not reported: each is asked whether its catch-up run is pending
      CamelContext context = product.service().context();
      context.getRouteController().stopRoute("backup-watchdog");
      database
          .jdbc()
          .update("update standing set entered_at = current_timestamp - interval '9' day");
      Watchdog watchdog =
          context.getRegistry().lookupByNameAndType("backup-watchdog", Watchdog.class);
      Configuration configuration = product.service().configuration();
      ScheduleCalculator schedules = new ScheduleCalculator(configuration);
      Clock clock = Clock.systemUTC();
      OutboxQueries outbox = new OutboxQueries(database.dataSource(), configuration.channels());
      OverdueSites overdue =
          new OverdueSites(
              configuration,
              schedules,
              new SiteHealthStore(database),
              new SitePauses(database, clock),
              clock);
      StatusQueries status =
          new StatusQueries(configuration, schedules, database, overdue, outbox, clock);
      RunQueries runs = product.service().beans().runs();

      Map<String, Long> read = new LinkedHashMap<>();
      SiteFilter any = new SiteFilter(Set.of(), Set.of(), Set.of(), null, tags -> true);
      read.put(
          "sites",
          rowsRead(
              database,
              () ->
                  assertThat(status.page(any, null, null, Integer.MAX_VALUE).sites())
                      .hasSize(SITES + 1)));
      read.put(
          "page",
          rowsRead(
              database,
              () ->
                  assertThat(status.page(any, SiteOrder.Sort.BY_NAME, "site-3", 2).sites())
                      .hasSize(2)));
      read.put("status", rowsRead(database, status::view));
      read.put("watchdog", rowsRead(database, watchdog::overdue));
      read.put("queue", rowsRead(database, new QueueMetrics(database, clock)::measure));
      read.put("chart", rowsRead(database, () -> runs.lastEnded("site-1", 14)));
      read.put("no chart", rowsRead(database, () -> runs.lastEnded("new", 14)));
      read.put("last good", rowsRead(database, () -> runs.lastGood("site-1", 1)));
      read.put("outbox", rowsRead(database, outbox::channelStates));
      HistoryPurge purge = new HistoryPurge(database, Duration.ofDays(400), clock);
      read.put("purge", rowsRead(database, purge::purge));

      // the last good one is searched for behind those that failed since
      long failedOfOneSite = ENDED / SITES;
      assertThat(read.remove("last good")).isLessThanOrEqualTo(failedOfOneSite);
      assertThat(read).allSatisfy((what, rows) -> assertThat(rows).isLessThan(5L * SITES));
    }
  }

  private static long rowsRead(Database database, Runnable work) {
    return database
        .transaction()
        .execute(
            status -> {
              long before = rowsRead(database);
              work.run();
              return rowsRead(database) - before;
            });
  }

  /** By this connection since its numbers were last sent to the server's. */
  private static long rowsRead(Database database) {
    return database
        .sql(
            "select coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)"
                + " from pg_stat_xact_user_tables where relname = 'run'")
        .query(Long.class)
        .single();
  }
}
