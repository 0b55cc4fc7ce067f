package io.github.camelakeeba.notify;

import io.github.camelakeeba.site.Channel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Events on their way to channels; each row is delivered at least once, or parked and kept. */
public final class Outbox {
  private static final int AT_ONCE = 200;

  /** Ahead of all that is ready, also by the clock of another node. */
  private static final Duration MOMENT = Duration.ofDays(1);

  /** A row that waits for nothing but its delivery. */
  private static final String OPEN = "delivered_at is null and parked_at is null";

  /** A row that no living node but this one is delivering; takes this node's id. */
  static final String FREE =
      OPEN
          + """
           and (owner is null or owner = ? or not exists (
            select 1 from node where node.id = outbox.owner))
          """;

  /** The same of all rows of the channel; takes this node's id and the channel. */
  static final String CHANNEL_FREE =
      """
      not exists (
        select 1 from node where node.id <> ? and exists (
          select 1 from outbox held where held.channel = ? and held.owner = node.id
            and held.delivered_at is null and held.parked_at is null))
      """;

  /** With the first of each run or site; in one pass: a look for each row took 8 s (H2, 5,000). */
  private static final String IN_ORDER =
      """
      (select id, due_at, waits_in, delivered_at, parked_at, owner,
          min(id) over (partition by subject) as first
        from outbox where channel = ? and delivered_at is null and parked_at is null
          and (waits_in is null or batch is not null)) outbox
      """;

  private final JdbcTemplate jdbc;
  private final Consumer<Runnable> insist;
  private final String owner;
  private final Clock clock;
  private final Duration giveUpAfter;
  private final Windows windows;
  private final Batches batches;
  private final Parking parking;
  private final Deliveries deliveries;
  private final EventJson json = new EventJson();
  private final Map<String, Instant> looks = new ConcurrentHashMap<>();
  private final Rests rests = new Rests();

  /**
   * What a channel has taken is noted as often as it takes, by {@code insist}.
   *
   * @param owner this node's id
   * @param giveUpAfter a row that could not be delivered for so long is parked
   * @param gather an alarm waits so long for others of the same cause; 0: for none
   * @param source where its own messages, digests and notices, come from
   * @param deliveries is told of each attempt
   */
  public Outbox(
      DataSource dataSource,
      Consumer<Runnable> insist,
      String owner,
      Clock clock,
      Map<String, Channel> channels,
      Duration giveUpAfter,
      Duration gather,
      EventSource source,
      Deliveries deliveries) {
    this.jdbc = new JdbcTemplate(dataSource);
    this.insist = insist;
    this.owner = owner;
    this.clock = clock;
    this.giveUpAfter = giveUpAfter;
    this.parking = new Parking(dataSource, channels, source, clock);
    this.windows = new Windows(dataSource, channels, clock, gather);
    this.batches = new Batches(dataSource, parking, owner, source, clock);
    this.deliveries = deliveries;
  }

  /** For the start of a service: parks what waits for channels that are gone, and tells of it. */
  public void parkStrangers() {
    parking.strangers();
  }

  /** A row for each recipient of the event; joins the transaction that is open on this thread. */
  public void enqueue(
      @Variable("backup-event") Event event,
      @Variable("backup-recipients") List<Recipient> recipients) {
    put(new Post(event, recipients));
  }

  /** Puts the event on its way; joins the transaction that is open on this thread. */
  public void put(Post post) {
    Event event = post.event();
    OffsetDateTime now = time(clock.instant());
    for (Recipient to : post.recipients()) {
      jdbc.update(
          """
          insert into outbox (event_id, channel, subject, event, created_at, due_at, ready_at, waits_in,
            alarm)
          values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
          """,
          event.id(),
          to.channel(),
          event.subject(),
          json.write(to.digest() ? event.brief() : event),
          now,
          time(to.dueAt()),
          time(to.dueAt()),
          to.gathers() && !windows.gathers() ? null : to.window(),
          to.gathers());
    }
  }

  /**
   * What is due for the channel, oldest first. Nothing while another node delivers, or while the
   * channel rests; after a rest one message, the one that was tried least, asks whether it is back.
   */
  public List<Delivery> due(String channel) {
    windows.close(channel);
    List<Delivery> due = rests.on(channel, clock.instant()) ? List.of() : ready(channel);
    looks.put(channel, clock.instant());
    return rests.asking(channel)
        ? due.stream().min(Comparator.comparingInt(Delivery::attempts)).stream().toList()
        : due;
  }

  private List<Delivery> ready(String channel) {
    List<Long> rows =
        jdbc.queryForList(
            "select id from "
                + IN_ORDER
                + "where id = first and waits_in is null and due_at <= ? and "
                + FREE
                + " and "
                + CHANNEL_FREE
                + " order by id limit "
                + AT_ONCE,
            Long.class,
            channel,
            time(clock.instant()),
            owner,
            owner,
            channel);
    List<Delivery> due = new ArrayList<>();
    Map<Long, String> unreadable = new LinkedHashMap<>();
    // apart: an index holds what is asked above, the rows are large, and few are due
    for (Long row : rows) {
      try {
        due.addAll(jdbc.query("select * from outbox where id = ?", this::delivery, row));
      } catch (IllegalArgumentException e) {
        unreadable.put(row, e.getMessage());
      }
    }
    unreadable.forEach((row, reason) -> parking.unreadable(channel, row, reason));
    due.addAll(batches.due(channel));
    return due;
  }

  private Delivery delivery(ResultSet row, int number) throws SQLException {
    return new Delivery(
        row.getLong("id"),
        row.getString("channel"),
        json.message(row.getString("event")),
        row.getInt("attempts"));
  }

  /** Whether this node is to deliver it now: another one may have done so since, or tried to. */
  public boolean take(@Body Delivery delivery) {
    if (rests.on(delivery.channel(), clock.instant())) {
      return false; // it has not taken the one before
    }
    // the row's own owner: of two nodes that take it at once the second waits for the first, and
    // then sees of all rows only this one anew
    int taken =
        jdbc.update(
            "update outbox set owner = ? where "
                + rows(delivery)
                + "due_at <= ? and "
                + FREE
                + " and "
                + CHANNEL_FREE,
            owner,
            key(delivery),
            time(clock.instant()),
            owner,
            owner,
            delivery.channel());
    looks.put(delivery.channel(), clock.instant());
    return taken > 0;
  }

  /** The channel has taken it. */
  public void delivered(Delivery delivery) {
    insist.accept(
        () -> {
          // first: what is noted as delivered never leaves behind that it could not be
          parking.over(delivery.channel());
          jdbc.update(
              "update outbox set delivered_at = ?, attempts = attempts + 1, last_error = null, owner = null where "
                  + rows(delivery)
                  + "owner = ?",
              time(clock.instant()),
              key(delivery),
              owner);
        });
    if (rests.over(delivery.channel()) > 1) {
      release(delivery.channel());
    }
    deliveries.ended(delivery.channel(), true);
  }

  /** The channel is back: what had asked in vain goes out with the others. */
  private void release(String channel) {
    OffsetDateTime now = time(clock.instant());
    insist.accept(
        () ->
            jdbc.update(
                "update outbox set due_at = ? where channel = ? and "
                    + OPEN
                    + " and due_at > ? and last_error is not null"
                    + " and (waits_in is null or batch is not null)",
                now,
                channel,
                now));
  }

  /**
   * The channel has not taken it: again after a pause of 1 s to 10 min, or parked for good, at once
   * when it is gone.
   */
  public void failed(Delivery delivery, Throwable cause) {
    deliveries.ended(delivery.channel(), false);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    String reason = ServerText.cut(String.valueOf(cause.getMessage()), 4_000);
    boolean down = rests.asking(delivery.channel());
    parking.write(
        delivery.channel(),
        now,
        () -> {
          jdbc.update(
              """
                update outbox set attempts = attempts + 1, last_error = ?, due_at = ?,
                  parked_at = case when ready_at < ? then cast(? as timestamp with time zone) end,
                  owner = null
                where\s"""
                  + rows(delivery)
                  + "owner = ?",
              reason,
              time(now.plus(Backoff.pause(delivery.attempts(), cause))),
              time(last(cause) ? now.plus(MOMENT) : now.minus(giveUpAfter)),
              time(now),
              key(delivery),
              owner);
          if (down) {
            parkWithIt(delivery.channel(), reason, now);
          }
        });
    rests.failed(delivery.channel(), cause, now);
  }

  private static boolean last(Throwable cause) {
    return cause instanceof DeliveryException known && known.last();
  }

  /** What has waited too long behind the one that asks is given up with it. */
  private void parkWithIt(String channel, String reason, Instant now) {
    jdbc.update(
        "update outbox set parked_at = ?, last_error = coalesce(last_error, ?) where channel = ? and "
            + OPEN
            + " and owner is null and ready_at < ? and (waits_in is null or batch is not null)",
        time(now),
        reason,
        channel,
        time(now.minus(giveUpAfter)));
  }

  /** Apart, not joined by an "or": no index would serve that. */
  private static String rows(Delivery delivery) {
    return delivery.batch() == null ? "id = ? and " : "batch = ? and ";
  }

  private static Object key(Delivery delivery) {
    return delivery.batch() == null ? (Object) delivery.row() : delivery.batch();
  }

  /** How many rows tell of the event's run or site, or of all (null); digests wait apart. */
  public int open(Event event) {
    String sql =
        "select count(*) from outbox where "
            + OPEN
            + " and (waits_in is null or waits_in like 'gather%' or batch is not null)";
    Integer count =
        event == null
            ? jdbc.queryForObject(sql, Integer.class)
            : jdbc.queryForObject(
                sql + " and subject in (?, ?)",
                Integer.class,
                event.subject(),
                event.data().site());
    return count == null ? 0 : count;
  }

  /** From here on a failure does not wait for others. */
  public void hurry() {
    windows.hurry();
  }

  /** From here on no channel rests: somebody wants to see messages tried. */
  public void wake() {
    rests.clear();
  }

  /** When this node has last looked after the channel, or null. */
  public Instant lookedAfter(String channel) {
    return looks.get(channel);
  }

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
