package io.github.camelakeeba.run.store;

import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of runs, as requests and claims have left them. */
public final class SampleRuns {
  private SampleRuns() {}

  /** {@code run-00000} and so on: due one after the other, each of a site of its own. */
  public static void queue(Database database, int runs, int hosts) {
    Instant due = Instant.now().minusSeconds(100_000);
    List<Object[]> rows =
        IntStream.range(0, runs)
            .mapToObj(
                i ->
                    new Object[] {
                      "run-%05d".formatted(i),
                      "site-" + i,
                      "host-" + i % hosts,
                      SqlTime.of(due.plusSeconds(i))
                    })
            .toList();
    database.together(
        () ->
            database
                .jdbc()
                .batchUpdate(
                    """
                    insert into run (id, site, host, state, trigger_kind, profile, description,
                      comment_text, overrides, due_at, queued_at)
                    values (?, ?, ?, 'queued', 'schedule', 1, '', '', '{}', ?, current_timestamp)
                    """,
                    rows));
  }

  /** A run of the node "me" that its site wants a further step of, after so many milliseconds. */
  public static Run stepping(Database database, RunRepository store, String id, long pause) {
    database
        .jdbc()
        .update(
            """
            insert into run (id, site, active_site, host, state, trigger_kind, profile, description,
              comment_text, overrides, due_at, queued_at, started_at, owner, claim, backupid,
              has_run, sleep_time)
            values (?, ?, ?, 'web7', 'running', 'api', 1, '', '', '{}', current_timestamp,
              current_timestamp, current_timestamp, 'me', 1, 'id-1', true, ?)
            """,
            id,
            id,
            id,
            pause);
    return store.find(id).orElseThrow();
  }
}
