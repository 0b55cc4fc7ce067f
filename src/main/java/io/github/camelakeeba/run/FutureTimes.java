package io.github.camelakeeba.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The bean {@code backup-future-times}: what was written while a clock went ahead counts as written
 * now, so that nothing waits until that time has come.
 */
public final class FutureTimes {
  private static final Logger LOG = LoggerFactory.getLogger(FutureTimes.class);

  /** The clocks of two nodes differ by less. */
  private static final Duration LEAST = Duration.ofMinutes(1);

  /** No delivery is put off for longer. */
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private static final List<String> OF_A_SITE =
      List.of("entered_at", "last_good_at", "failed_at", "missed_at", "reminded_at");

  private final Database database;
  private final JdbcTemplate jdbc;
  private final Clock clock;

  /** In this store, by the wall clock. */
  public FutureTimes(Database database, Clock clock) {
    this.database = database;
    this.jdbc = database.jdbc();
    this.clock = clock;
  }

  /** Brings back what lies in the future and should not. */
  public void bringBack() {
    Instant instant = clock.instant();
    OffsetDateTime now = RunRow.time(instant);
    OffsetDateTime future = RunRow.time(instant.plus(LEAST));
    int rows =
        database
            .transaction()
            .execute(status -> runs(now, future) + messages(now, future) + sites(now, future));
    if (rows > 0) {
      LOG.info("{} times that lay in the future, since a clock had gone ahead, are now", rows);
    }
  }

  private int runs(OffsetDateTime now, OffsetDateTime future) {
    return jdbc.update(
        """
        update run set due_at = due_at - (coalesce(put_off_at, queued_at)
            - cast(? as timestamp(3) with time zone)),
          put_off_at = ?, queued_at = case when queued_at > ? then ? else queued_at end
        where state = 'queued' and due_at > ? and coalesce(put_off_at, queued_at) > ?
        """,
        now,
        now,
        now,
        now,
        now,
        future);
  }

  private int messages(OffsetDateTime now, OffsetDateTime future) {
    OffsetDateTime late = now.plus(LONGEST_PAUSE);
    int begun =
        jdbc.update(
            """
            update outbox set due_at = due_at - (created_at - cast(? as timestamp(3) with time zone)),
              ready_at = ready_at - (created_at - cast(? as timestamp(3) with time zone)),
              created_at = ?
            where delivered_at is null and parked_at is null and created_at > ?
            """,
            now,
            now,
            now,
            future);
    int put =
        jdbc.update(
            """
            update outbox set due_at = ?
            where delivered_at is null and parked_at is null and waits_in is null
              and attempts > 0 and due_at > ?
            """,
            now,
            late);
    int owed =
        jdbc.update(
            "update reply set due_at = ?, created_at = ? where created_at > ?", now, now, future);
    int owedLater = jdbc.update("update reply set due_at = ? where due_at > ?", now, late);
    return begun + put + owed + owedLater;
  }

  private int sites(OffsetDateTime now, OffsetDateTime future) {
    int rows = 0;
    for (String column : OF_A_SITE) {
      rows +=
          jdbc.update("update standing set %1$s = ? where %1$s > ?".formatted(column), now, future);
    }
    return rows;
  }
}
