package io.github.camelakeeba.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.SqlArrayValue;

/** H2 reads as many rows of a site with a long history as of one with a short one. */
class ReadsByIndexTest {
  private static final Pattern SCANNED = Pattern.compile("scanCount: (\\d+)");
  private static final Instant LONG_AGO = Instant.now().minus(Duration.ofDays(9_000));

  @Test
  void the_rows_that_a_query_reads_do_not_grow_with_the_history() {
    Map<String, Integer> few = rowsRead(60);
    Map<String, Integer> many = rowsRead(3_000);
    assertThat(many).isEqualTo(few);
    assertThat(many.values()).allMatch(rows -> rows < 60);
  }

  @Test
  void which_running_runs_are_to_stop_is_asked_of_an_index_that_holds_the_answer() {
    try (Database database = Database.memory("reads-" + UUID.randomUUID(), 2)) {
      assertThat(
              database
                  .jdbc()
                  .queryForObject("explain " + StopRequests.SELECT_NOT_STOPPED, String.class))
          .containsIgnoringCase("run_of_owner");
    }
  }

  private static Map<String, Integer> rowsRead(int ended) {
    try (Database database = Database.memory("reads-" + UUID.randomUUID(), 2)) {
      database
          .jdbc()
          .update(
              """
              insert into run (id, site, host, state, trigger_kind, profile, description,
                comment_text, overrides, due_at, queued_at, ended_at)
              select 'run-' || x, 'site-' || mod(x, 3), 'h', 'completed', 'api', 1, '', '', '{}',
                dateadd(minute, -x, current_timestamp), dateadd(minute, -x, current_timestamp),
                dateadd(minute, -x, current_timestamp)
              from system_range(1, ?)
              """,
              ended);
      database
          .jdbc()
          .update(
              "update run set state = 'queued', ended_at = null where id in ('run-1', 'run-4')");
      Map<String, Integer> read = new LinkedHashMap<>();
      SqlArrayValue sites = new SqlArrayValue("varchar", "site-0", "site-1", "site-2", "none");
      read.put("newest", scanned(database, RunQueries.NEWEST, sites));
      read.put("last good", scanned(database, RunQueries.LAST_GOOD, "site-1", 1));
      read.put("last ended", scanned(database, RunQueries.LAST_ENDED, "site-1", "site-1", 7));
      read.put("queue", scanned(database, QueueMetrics.LENGTH, SqlTime.of(Instant.now())));
      read.put("old", scanned(database, HistoryPurge.OLD_RUNS, SqlTime.of(LONG_AGO), 1_000));
      read.put("unfinished", scanned(database, RequestRepository.UNFINISHED, "site-1", "site-1"));
      return read;
    }
  }

  private static int scanned(Database database, String sql, Object... values) {
    String plan = database.jdbc().queryForObject("explain analyze " + sql, String.class, values);
    Matcher scans = SCANNED.matcher(plan);
    int rows = 0;
    while (scans.find()) {
      rows += Integer.parseInt(scans.group(1));
    }
    assertThat(rows).as(plan).isPositive();
    return rows;
  }
}
