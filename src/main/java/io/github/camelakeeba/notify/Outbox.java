package io.github.camelakeeba.notify;

import io.github.camelakeeba.site.Channel;
import io.github.camelakeeba.site.KnownSecrets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.camel.Body;
import org.springframework.jdbc.core.JdbcTemplate;

/** Events on their way to channels; each row is delivered at least once, or parked and kept. */
public final class Outbox {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
  private static final int AT_ONCE = 200;

  /** A row that waits for nothing but its delivery. */
  private static final String OPEN = "delivered_at is null and parked_at is null";

  /** A row that no living node but this one is delivering; takes this node's id. */
  private static final String FREE =
      OPEN
          + """
           and (owner is null or owner = ? or not exists (
            select 1 from node where node.id = outbox.owner and alive_until > current_timestamp))
          """;

  /** What other living nodes deliver for the channel; takes this node's id and the channel. */
  private static final String ELSEWHERE =
      """
      (select 1 from node join outbox held on held.owner = node.id
        where node.id <> ? and alive_until > current_timestamp
          and held.channel = ? and held.delivered_at is null and held.parked_at is null)
      """;

  /** No earlier message of the same run or site is still on its way. */
  private static final String IN_ORDER =
      """
      not exists (
        select 1 from outbox earlier
        where earlier.subject = outbox.subject and earlier.channel = outbox.channel
          and earlier.id < outbox.id and earlier.waits_in is null
          and earlier.delivered_at is null and earlier.parked_at is null)
      """;

  private final JdbcTemplate jdbc;
  private final Consumer<Runnable> insist;
  private final String owner;
  private final Clock clock;
  private final Duration giveUpAfter;
  private final Windows windows;
  private final Parking parking;
  private final Deliveries deliveries;
  private final EventJson json = new EventJson();
  private final Map<String, Instant> looks = new ConcurrentHashMap<>();

  /**
   * What a channel has taken is noted as often as it takes, by {@code insist}.
   *
   * @param owner this node's id
   * @param giveUpAfter a row that could not be delivered for so long is parked
   * @param gather a failure waits for others of the same cause until none has come for so long; 0:
   *     each one goes by itself
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
      Deliveries deliveries) {
    this.jdbc = new JdbcTemplate(dataSource);
    this.insist = insist;
    this.owner = owner;
    this.clock = clock;
    this.giveUpAfter = giveUpAfter;
    this.windows = new Windows(dataSource, channels, owner, clock, gather);
    this.parking = new Parking(dataSource, channels, clock);
    this.deliveries = deliveries;
  }

  /** For the start of a service: parks what waits for channels that are gone, and tells of it. */
  public void parkStrangers() {
    parking.strangers();
  }

  /** Puts the event on its way; joins the transaction that is open on this thread. */
  public void put(Post post) {
    Event event = post.event();
    String text = post.recipients().isEmpty() ? "" : json.write(event);
    OffsetDateTime now = time(clock.instant());
    for (Recipient to : post.recipients()) {
      jdbc.update(
          """
          insert into outbox (event_id, channel, subject, event, created_at, due_at, ready_at, waits_in)
          values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
          """,
          event.id(),
          to.channel(),
          event.subject(),
          text,
          now,
          time(to.dueAt()),
          time(to.dueAt()),
          Recipient.GATHER.equals(to.window()) && !windows.gathers() ? null : to.window());
    }
  }

  /** What is due for the channel, oldest first. Nothing while another node delivers. */
  public List<Delivery> due(String channel) {
    looks.put(channel, clock.instant());
    windows.close(channel);
    List<Delivery> due = new ArrayList<>();
    if (!jdbc.queryForList(ELSEWHERE, owner, channel).isEmpty()) {
      return due;
    }
    jdbc.query(
        "select * from outbox where channel = ? and due_at <= ? and waits_in is null and batch is null and "
            + FREE
            + " and "
            + IN_ORDER
            + " order by id limit "
            + AT_ONCE,
        row -> {
          due.add(delivery(row));
        },
        channel,
        time(clock.instant()),
        owner);
    due.addAll(windows.due(channel));
    return due;
  }

  private Delivery delivery(ResultSet row) throws SQLException {
    return new Delivery(
        row.getLong("id"),
        row.getString("channel"),
        json.message(row.getString("event")),
        row.getInt("attempts"));
  }

  /**
   * Whether this node is to deliver it, just before it does: another one may have done so since.
   */
  public boolean take(@Body Delivery delivery) {
    looks.put(delivery.channel(), clock.instant());
    // the row's own owner once more: of two nodes that take it at once the second waits for the
    // first, and then sees of all rows only this one anew
    boolean taken =
        jdbc.update(
                "update outbox set owner = ? where id = ? and "
                    + FREE
                    + " and not exists "
                    + ELSEWHERE,
                owner,
                delivery.row(),
                owner,
                owner,
                delivery.channel())
            > 0;
    if (taken && delivery.batch() != null) {
      jdbc.update(
          "update outbox set owner = ? where batch = ? and " + FREE,
          owner,
          delivery.batch(),
          owner);
    }
    return taken;
  }

  /** The channel has taken it. */
  public void delivered(Delivery delivery) {
    insist.accept(
        () -> {
          jdbc.update(
              "update outbox set delivered_at = ?, attempts = attempts + 1, last_error = null, owner = null where "
                  + rows(delivery)
                  + "owner = ?",
              time(clock.instant()),
              key(delivery),
              owner);
          parking.over(delivery.channel());
        });
    deliveries.ended(delivery.channel(), true);
  }

  /** The channel has not taken it: again after a pause of 1 s to 10 min, or parked for good. */
  public void failed(Delivery delivery, Throwable cause) {
    deliveries.ended(delivery.channel(), false);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    String reason = KnownSecrets.mask(String.valueOf(cause.getMessage()));
    jdbc.update(
        """
        update outbox set attempts = attempts + 1, last_error = ?, due_at = ?,
          parked_at = case when ready_at < ? then cast(? as timestamp with time zone) else null end,
          owner = null
        where\s"""
            + rows(delivery)
            + "owner = ?",
        ServerText.cut(reason, 4_000),
        time(now.plus(pause(delivery.attempts(), cause))),
        time(now.minus(giveUpAfter)),
        time(now),
        key(delivery),
        owner);
    parking.tell(delivery.channel(), now);
  }

  /** Apart, not joined by an "or": no index would serve that. */
  private static String rows(Delivery delivery) {
    return delivery.batch() == null ? "id = ? and " : "batch = ? and ";
  }

  private static Object key(Delivery delivery) {
    return delivery.batch() == null ? (Object) delivery.row() : delivery.batch();
  }

  private static Duration pause(int attempts, Throwable cause) {
    long doubled = FIRST_PAUSE.toMillis() << Math.min(attempts, 20);
    long bounded = Math.min(doubled, LONGEST_PAUSE.toMillis());
    Duration ours =
        Duration.ofMillis(bounded * ThreadLocalRandom.current().nextLong(80, 121) / 100);
    Duration theirs =
        cause instanceof DeliveryException asked && asked.retryAfter() != null
            ? asked.retryAfter()
            : Duration.ZERO;
    return theirs.compareTo(ours) <= 0
        ? ours
        : theirs.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : theirs;
  }

  /** How many rows of the event, or of all events (null), are on their way; digests wait apart. */
  public int open(String eventId) {
    Integer count =
        jdbc.queryForObject(
            "select count(*) from outbox where "
                + OPEN
                + """
                   and (waits_in is null or waits_in = 'gather' or batch is not null)
                    and (event_id = ? or cast(? as varchar) is null)
                  """,
            Integer.class,
            eventId,
            eventId);
    return count == null ? 0 : count;
  }

  /** From here on a failure does not wait for others. */
  public void hurry() {
    windows.hurry();
  }

  /** When this node has last looked after the channel, or null. */
  public Instant lookedAfter(String channel) {
    return looks.get(channel);
  }

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
