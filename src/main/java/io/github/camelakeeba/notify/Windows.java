package io.github.camelakeeba.notify;

import io.github.camelakeeba.site.Channel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
final class Windows {
  /** So many failures are no coincidence any more: then it is waited for all of them. */
  private static final int STORM = 10;

  private static final int STORM_PAUSES = 9;

  /** So long the first failure of a storm waits at most. */
  private static final Duration LONGEST_STORM = Duration.ofMinutes(5);

  private static final int MOST_IN_ONE = 10_000;
  private static final int PAGE = 500;
  private static final String OPEN =
      "channel = ? and delivered_at is null and parked_at is null and waits_in is not null ";

  private final JdbcTemplate jdbc;
  private final Map<String, Channel> channels;
  private final String owner;
  private final Clock clock;
  private final Duration pause;
  private final EventJson json = new EventJson();
  private volatile boolean hurry;

  /**
   * Of these channels.
   *
   * @param owner this node's id
   * @param pause a failure waits for others until none has come for so long
   */
  Windows(
      DataSource dataSource,
      Map<String, Channel> channels,
      String owner,
      Clock clock,
      Duration pause) {
    this.jdbc = new JdbcTemplate(dataSource);
    this.channels = channels;
    this.owner = owner;
    this.clock = clock;
    this.pause = pause;
  }

  /** Whether failures wait for others at all. */
  boolean gathers() {
    return !pause.isZero();
  }

  void hurry() {
    hurry = true;
  }

  /** Lets go what has waited long enough: by itself, or as one message. */
  void close(String channel) {
    Instant now = clock.instant();
    for (Map<String, Object> window : waiting(channel)) {
      String name = (String) window.get("waits_in");
      if (over(window, name, now)) {
        boolean together =
            name.startsWith(Recipient.DIGEST)
                || forPeople(channel) && ((Number) window.get("events")).longValue() > 1;
        release(channel, name, together, now);
      }
    }
  }

  private List<Map<String, Object>> waiting(String channel) {
    return jdbc.queryForList(
        "select waits_in, count(*) as events, min(id) as first, min(due_at) as due, "
            + "min(created_at) as oldest, max(created_at) as newest from outbox where "
            + OPEN
            + "and batch is null group by waits_in",
        channel);
  }

  private boolean forPeople(String channel) {
    Channel known = channels.get(channel);
    return known != null && known.forPeople();
  }

  private boolean over(Map<String, Object> window, String name, Instant now) {
    if (!name.equals(Recipient.GATHER)) {
      return !instant(window, "due").isAfter(now);
    }
    boolean storm = ((Number) window.get("events")).longValue() >= STORM;
    Duration quiet = storm ? pause.multipliedBy(STORM_PAUSES) : pause;
    return hurry
        || !instant(window, "newest").plus(quiet).isAfter(now)
        || !instant(window, "oldest").plus(LONGEST_STORM).isAfter(now);
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
              + OPEN
              + "and batch is null and waits_in = ?",
          ready,
          ready,
          channel,
          window);
      return;
    }
    Long last =
        jdbc.queryForObject(
            "select max(id) from (select id from outbox where "
                + OPEN
                + "and batch is null and waits_in = ? order by id limit "
                + MOST_IN_ONE
                + ") as first_ones",
            Long.class,
            channel,
            window);
    // not "id in (select ...)", which H2 asks anew for each row; of two nodes that do so at once
    // one
    // finds nothing left, or makes a message of what is new
    jdbc.update(
        "update outbox set batch = ?, due_at = ?, ready_at = ? where "
            + OPEN
            + "and batch is null and waits_in = ? and id <= ?",
        channel + "/" + UUID.randomUUID(),
        ready,
        ready,
        channel,
        window,
        last);
  }

  /** The messages of several rows that are due. */
  List<Delivery> due(String channel) {
    List<Delivery> due = new ArrayList<>();
    jdbc.query(
        "select batch, min(waits_in) as waits_in, min(id) as first, max(attempts) as attempts "
            + "from outbox where "
            + OPEN
            + "and batch is not null and due_at <= ? and (owner is null or owner = ? or not exists ("
            + "select 1 from node where node.id = outbox.owner and alive_until > current_timestamp)) "
            + "group by batch order by first",
        row -> {
          String batch = row.getString("batch");
          due.add(
              new Delivery(
                  channel,
                  digest(channel, batch, row.getString("waits_in")),
                  row.getInt("attempts"),
                  row.getLong("first"),
                  batch));
        },
        channel,
        Outbox.time(clock.instant()),
        owner);
    return due;
  }

  private Digest digest(String channel, String batch, String window) {
    List<Digest.Entry> entries = new ArrayList<>();
    long after = 0;
    while (after >= 0) {
      after = page(batch, after, entries);
    }
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String state :
        List.of("failed", "missed", "warning", "recovered", "completed", "started")) {
      int count = (int) entries.stream().filter(one -> one.state().equals(state)).count();
      if (count > 0) {
        counts.put(state, count);
      }
    }
    Instant from = entries.stream().map(Digest.Entry::time).min(Instant::compareTo).orElseThrow();
    Instant until = entries.stream().map(Digest.Entry::time).max(Instant::compareTo).orElseThrow();
    return new Digest(
        Message.SPECVERSION,
        "digests/" + batch,
        "/channels/" + channel,
        Digest.TYPE,
        channel,
        until,
        Message.JSON,
        new Digest.Data(channel, reason(window), from, until, counts, entries));
  }

  private static String reason(String window) {
    return window.equals(Recipient.QUIET)
        ? "quiet"
        : window.equals(Recipient.GATHER) ? "gathered" : "digest";
  }

  /** Adds the next rows; gives the last one's number, or -1 when there are no more. */
  private long page(String batch, long after, List<Digest.Entry> entries) {
    long[] last = {-1};
    jdbc.query(
        "select id, event from outbox where batch = ? and id > ? order by id limit " + PAGE,
        row -> {
          last[0] = row.getLong("id");
          entries.add(entry(json.read(row.getString("event"))));
        },
        batch,
        after);
    return last[0];
  }

  static Digest.Entry entry(Event event) {
    Event.Data data = event.data();
    Event.Error error =
        data.error() == null
            ? null
            : new Event.Error(data.error().kind(), ServerText.cut(data.error().message(), 300));
    return new Digest.Entry(
        event.id(),
        event.time(),
        data.site(),
        data.state(),
        data.run(),
        data.archive(),
        data.size(),
        data.durationMs(),
        data.warnings().count(),
        error,
        data.lastGoodAt(),
        data.gapMs(),
        data.failures(),
        data.reminder());
  }
}
