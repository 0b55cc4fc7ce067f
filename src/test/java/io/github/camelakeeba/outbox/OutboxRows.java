package io.github.camelakeeba.outbox;

import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.event.SampleBackup;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Puts rows into an outbox as it would stand after a while. */
public final class OutboxRows {
  private final JdbcTemplate jdbc;
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  /** Into the outbox of this store. */
  public OutboxRows(DataSource dataSource) {
    this.jdbc = new JdbcTemplate(dataSource);
  }

  /** Due at once, never tried. */
  public OutboxRows fresh(String channel, String event) {
    return row(channel, event, 0, 0, null, null, null, null);
  }

  /** Tried five times for half an hour, the next time in eight minutes. */
  public OutboxRows failing(String channel, String event, String error) {
    return row(channel, event, 30, 5, Duration.ofMinutes(8), null, null, error);
  }

  /** Waits for its window, which closes in six hours. */
  public OutboxRows waiting(String channel, String event, String window) {
    return row(channel, event, 0, 0, Duration.ofHours(6), null, window, null);
  }

  /** Given up a day after it was tried first. */
  public OutboxRows parked(String channel, String event, String error) {
    return row(channel, event, 25 * 60, 148, Duration.ofMinutes(-60), 60L, null, error);
  }

  /** A digest of two that was given up. */
  public OutboxRows parkedDigest(String channel, String first, String second) {
    for (String event : new String[] {first, second}) {
      row(channel, event, 25 * 60, 148, Duration.ofMinutes(-60), 60L, "digest 1d", "it hangs");
    }
    jdbc.update(
        "update outbox set batch = ? where event_id in (?, ?)", channel + "/b", first, second);
    return this;
  }

  private OutboxRows row(
      String channel,
      String event,
      long minutesOld,
      int attempts,
      Duration due,
      Long parkedMinutesAgo,
      String window,
      String error) {
    OffsetDateTime ready = time(now.minus(Duration.ofMinutes(minutesOld)));
    jdbc.update(
        """
        insert into outbox (event_id, channel, subject, event, created_at, ready_at, due_at, attempts,
          parked_at, waits_in, last_error)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        event,
        channel,
        event,
        new EventJson().write(SampleBackup.completed()),
        ready,
        ready,
        due == null ? ready : time(now.plus(due)),
        attempts,
        parkedMinutesAgo == null ? null : time(now.minus(Duration.ofMinutes(parkedMinutesAgo))),
        window,
        error);
    return this;
  }

  /** The number of the row of this event. */
  public long id(String event) {
    return jdbc.queryForObject("select id from outbox where event_id = ?", Long.class, event);
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
