package io.github.camelakeeba.outbox;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.event.Recipient;
import io.github.camelakeeba.store.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
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
 * What waits in a window comes in one message once the window has closed: a digest, messages of
 * quiet hours, and failures, which wait a few seconds for others of the same cause.
 */
final class DeliveryWindows {
  private static final int MIN_GATHERED = 5; // fewer failures come in a message each
  private static final int STORM_SIZE = 10; // so many have one cause: all of them are waited for
  private static final int STORM_PAUSES = 9; // a storm is over when none has come for so many
  private static final int MAX_EVENTS_PER_MESSAGE = 10_000;
  static final String WAITING =
      "channel = ? and delivered_at is null and parked_at is null and waits_in is not null ";

  /** Not in a message yet; what is quiet only once that is over, since each site has its own. */
  private static final String UNBATCHED =
      WAITING + "and batch is null and (waits_in <> '" + Recipient.QUIET + "' or due_at <= ?) ";

  private final JdbcTemplate jdbc;
  private final Map<String, Channel> channels;
  private final Clock clock;
  private final Duration pause;
  private final int maxPauses;
  private volatile boolean stopGathering;

  /**
   * @param pause a failure waits for others until none has come for so long
   * @param maxPauses the longest wait of a storm's first failure; the distance of its messages
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

  boolean gatheringEnabled() {
    return !pause.isZero();
  }

  void stopGathering() {
    stopGathering = true;
  }

  private record Window(String name, int events, Instant due, Instant oldest, Instant newest) {
    static Window read(ResultSet row, int number) throws SQLException {
      return new Window(
          row.getString("waits_in"),
          row.getInt("events"),
          SqlTime.instant(row, "due"),
          SqlTime.instant(row, "oldest"),
          SqlTime.instant(row, "newest"));
    }
  }

  /** Makes due what has waited long enough: each by itself, or as one message. */
  void releaseClosed(String channel) {
    Instant now = clock.instant();
    Channel known = channels.get(channel);
    boolean people = known != null && known.isReadByPeople();
    for (Window window : openWindows(channel, now)) {
      if (isClosed(channel, window, now)) {
        boolean together =
            window.name().startsWith(Recipient.DIGEST)
                || people
                    && window.events()
                        >= (window.name().equals(Recipient.QUIET) ? 2 : MIN_GATHERED);
        release(channel, window.name(), together, now);
      }
    }
  }

  private List<Window> openWindows(String channel, Instant now) {
    return jdbc.query(
        "select waits_in, count(*) as events, min(due_at) as due, "
            + "min(created_at) as oldest, max(created_at) as newest from outbox where "
            + UNBATCHED
            + "group by waits_in",
        Window::read,
        channel,
        SqlTime.of(now));
  }

  private boolean isClosed(String channel, Window window, Instant now) {
    if (!window.name().startsWith(Recipient.GATHER)) {
      return !window.due().isAfter(now);
    }
    if (stopGathering || hasPassed(window.oldest(), maxPauses, now)) {
      return true;
    }
    boolean calm =
        window.name().equals(Recipient.GATHER_MISSED)
            ? isMissedWindowClosed(window, now)
            : hasPassed(window.newest(), window.events() >= STORM_SIZE ? STORM_PAUSES : 1, now);
    return calm && !isStorming(channel, now);
  }

  /** A missed backup waits only for those that fall due with it. */
  private boolean isMissedWindowClosed(Window window, Instant now) {
    boolean written = !window.newest().plus(pause.dividedBy(5)).isAfter(now);
    return hasPassed(window.oldest(), written ? 1 : 2, now);
  }

  private boolean hasPassed(Instant since, int pauses, Instant now) {
    return !since.plus(pause.multipliedBy(pauses)).isAfter(now);
  }

  /** Whether the channel has just been sent so many that one more says nothing new. */
  private boolean isStorming(String channel, Instant now) {
    int alarms =
        jdbc.queryForObject(
            "select count(*) from outbox where channel = ? and alarm and created_at > ? "
                + "and (waits_in is null or batch is not null)",
            Integer.class,
            channel,
            SqlTime.of(now.minus(pause.multipliedBy(maxPauses))));
    return alarms >= STORM_SIZE;
  }

  private void release(String channel, String window, boolean together, Instant now) {
    OffsetDateTime ready = SqlTime.of(now);
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
