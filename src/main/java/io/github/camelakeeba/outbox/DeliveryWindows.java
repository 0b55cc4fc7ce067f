package io.github.camelakeeba.outbox;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.event.Recipient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What waits in a window of a channel comes in one message once the window has closed: a digest
 * that a rule asks for, what had to wait for the end of quiet hours, and failures, which wait a few
 * seconds for others of the same cause.
 */
final class DeliveryWindows {
  /** So many failures come in one message, fewer each in its own. */
  private static final int MIN_GATHERED = 5;

  /** So many are no coincidence any more: then it is waited for all of them. */
  private static final int STORM_SIZE = 10;

  /** In a storm it is waited until none has come for so many pauses. */
  private static final int STORM_PAUSES = 9;

  private static final int MAX_EVENTS_PER_MESSAGE = 10_000;
  static final String WAITING =
      "channel = ? and delivered_at is null and parked_at is null and waits_in is not null ";

  /**
   * Not in a message yet; of what is quiet only where that is over, since each site has its own.
   */
  private static final String UNBATCHED =
      WAITING + "and batch is null and (waits_in <> '" + Recipient.QUIET + "' or due_at <= ?) ";

  private final JdbcTemplate jdbc;
  private final Map<String, Channel> channels;
  private final Clock clock;
  private final Duration pause;
  private final int maxPauses;
  private volatile boolean stopGathering;

  /**
   * Of these channels.
   *
   * @param pause a failure waits for others until none has come for so long
   * @param maxPauses the first failure of a storm waits so many at most, and so far apart are its
   *     messages
   */
  DeliveryWindows(
      DataSource dataSource,
      Map<String, Channel> channels,
      Clock clock,
      Duration pause,
      int maxPauses) {
    this.jdbc = new JdbcTemplate(dataSource);
    this.channels = channels;
    this.clock = clock;
    this.pause = pause;
    this.maxPauses = maxPauses;
  }

  /** Whether failures wait for others at all. */
  boolean gatheringEnabled() {
    return !pause.isZero();
  }

  void stopGathering() {
    stopGathering = true;
  }

  /** Lets go what has waited long enough: by itself, or as one message. */
  void releaseClosed(String channel) {
    Instant now = clock.instant();
    for (Map<String, Object> window : openWindows(channel, now)) {
      String name = (String) window.get("waits_in");
      if (isClosed(channel, window, now)) {
        boolean together =
            name.startsWith(Recipient.DIGEST)
                || forPeople(channel)
                    && eventCount(window) >= (name.equals(Recipient.QUIET) ? 2 : MIN_GATHERED);
        release(channel, name, together, now);
      }
    }
  }

  private List<Map<String, Object>> openWindows(String channel, Instant now) {
    return jdbc.queryForList(
        "select waits_in, count(*) as events, min(id) as first, min(due_at) as due, "
            + "min(created_at) as oldest, max(created_at) as newest from outbox where "
            + UNBATCHED
            + "group by waits_in",
        channel,
        Outbox.time(now));
  }

  private boolean forPeople(String channel) {
    Channel known = channels.get(channel);
    return known != null && known.isReadByPeople();
  }

  private boolean isClosed(String channel, Map<String, Object> window, Instant now) {
    String name = (String) window.get("waits_in");
    if (!name.startsWith(Recipient.GATHER)) {
      return !instant(window, "due").isAfter(now);
    }
    if (stopGathering || hasPassed(window, "oldest", maxPauses, now)) {
      return true;
    }
    boolean calm =
        name.equals(Recipient.GATHER_MISSED)
            ? isMissedWindowClosed(window, now)
            : isQuiet(window, now);
    return calm && !isStorming(channel, now);
  }

  /** What is missed is told soon after it falls due: it waits for those that fall due with it. */
  private boolean isMissedWindowClosed(Map<String, Object> window, Instant now) {
    boolean written = !instant(window, "newest").plus(pause.dividedBy(5)).isAfter(now);
    return hasPassed(window, "oldest", written ? 1 : 2, now);
  }

  private boolean isQuiet(Map<String, Object> window, Instant now) {
    return hasPassed(window, "newest", eventCount(window) >= STORM_SIZE ? STORM_PAUSES : 1, now);
  }

  private boolean hasPassed(Map<String, Object> window, String since, int pauses, Instant now) {
    return !instant(window, since).plus(pause.multipliedBy(pauses)).isAfter(now);
  }

  /** Whether the channel has just been told of so many that one more tells nothing new. */
  private boolean isStorming(String channel, Instant now) {
    Integer alarms =
        jdbc.queryForObject(
            "select count(*) from outbox where channel = ? and alarm and created_at > ? "
                + "and (waits_in is null or batch is not null)",
            Integer.class,
            channel,
            Outbox.time(now.minus(pause.multipliedBy(maxPauses))));
    return alarms != null && alarms >= STORM_SIZE;
  }

  private static long eventCount(Map<String, Object> window) {
    return ((Number) window.get("events")).longValue();
  }

  private static Instant instant(Map<String, Object> row, String column) {
    Object value = row.get(column);
    return value instanceof OffsetDateTime time
        ? time.toInstant()
        : ((java.sql.Timestamp) value).toInstant();
  }

  private void release(String channel, String window, boolean together, Instant now) {
    OffsetDateTime ready = Outbox.time(now);
    if (!together) {
      jdbc.update(
          "update outbox set waits_in = null, due_at = ?, ready_at = ? where "
              + UNBATCHED
              + "and waits_in = ?",
          ready,
          ready,
          channel,
          ready,
          window);
      return;
    }
    Long last =
        jdbc.queryForObject(
            "select max(id) from (select id from outbox where "
                + UNBATCHED
                + "and waits_in = ? order by id limit "
                + MAX_EVENTS_PER_MESSAGE
                + ") these",
            Long.class,
            channel,
            ready,
            window);
    // of two nodes that do so at once one finds nothing left, or makes a message of what is new
    jdbc.update(
        "update outbox set batch = ?, due_at = ?, ready_at = ? where "
            + UNBATCHED
            + "and waits_in = ? and id <= ?",
        channel + "/" + UUID.randomUUID(),
        ready,
        ready,
        channel,
        ready,
        window,
        last);
  }
}
