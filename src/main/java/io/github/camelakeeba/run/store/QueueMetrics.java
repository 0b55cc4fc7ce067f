package io.github.camelakeeba.run.store;

import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.JdbcTemplate;

/** The length of the queue of runs. */
public final class QueueMetrics {
  static final String LENGTH =
      """
      select (select count(*) from run where running_on >= '') as running,
        count(*) as queued, count(case when due_at <= ? then 1 end) as due, min(due_at) as first_due
      from run where waiting >= 0
      """;

  private final JdbcTemplate jdbc;
  private final Clock clock;

  public QueueMetrics(Database database, Clock clock) {
    this.jdbc = database.jdbc();
    this.clock = clock;
  }

  /** The runs that have not ended; for how long the oldest due one waits, zero where none does. */
  public record QueueLength(int queued, int running, int due, Duration oldest) {}

  /** By two indexes that cover the query. */
  public QueueLength measure() {
    Instant now = clock.instant();
    return jdbc.queryForObject(
        LENGTH,
        (row, number) -> {
          Instant first = SqlTime.instant(row, "first_due");
          boolean waits = first != null && first.isBefore(now);
          return new QueueLength(
              row.getInt("queued"),
              row.getInt("running"),
              row.getInt("due"),
              waits ? Duration.between(first, now) : Duration.ZERO);
        },
        SqlTime.of(now));
  }
}
