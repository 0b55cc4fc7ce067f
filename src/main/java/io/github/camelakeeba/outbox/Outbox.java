package io.github.camelakeeba.outbox;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.event.EventSource;
import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.event.OutboxEntry;
import io.github.camelakeeba.event.Recipient;
import io.github.camelakeeba.exchange.JvmErrors;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.GroupCommit;
import io.github.camelakeeba.store.NodeTable;
import io.github.camelakeeba.store.RowChange;
import io.github.camelakeeba.store.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
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
import org.springframework.jdbc.core.JdbcTemplate;

/** Events on their way to channels; each row is delivered at least once, or parked and kept. */
public final class Outbox {
  private static final int MAX_DUE_ROWS = 200;

  /** Ahead of all that is ready, also by the clock of another node. */
  private static final Duration CLOCK_MARGIN = Duration.ofDays(1);

  private static final String UNDELIVERED = "delivered_at is null and parked_at is null";

  /** Of what does not wait in a window. */
  private static final String UNDELIVERED_COUNT =
      "select count(*) from outbox where "
          + UNDELIVERED
          + " and (waits_in is null or waits_in like 'gather%' or batch is not null)";

  /** A row that no living node but this one is delivering; takes this node's id. */
  static final String ROW_CLAIMABLE =
      UNDELIVERED
          + " and (owner is null or owner = ? or not "
          + NodeTable.ownerAlive("outbox")
          + ")";

  /** No row of the channel is claimed by another living node; takes this node's id and channel. */
  static final String CHANNEL_CLAIMABLE =
      """
      not exists (
        select 1 from node where node.id <> ? and exists (
          select 1 from outbox held where held.channel = ? and held.owner = node.id
            and held.delivered_at is null and held.parked_at is null))
      """;

  /** With each run's or site's first, in one pass: a subquery a row took 8 s (H2, 5,000 rows). */
  private static final String WITH_FIRST_OF_SUBJECT =
      """
      (select id, due_at, waits_in, delivered_at, parked_at, owner,
          min(id) over (partition by subject) as first
        from outbox where channel = ? and delivered_at is null and parked_at is null
          and (waits_in is null or batch is not null)) outbox
      """;

  private final JdbcTemplate jdbc;
  private final GroupCommit groups;
  private final Consumer<Runnable> storeRetry;
  private final String owner;
  private final Clock clock;
  private final Duration giveUpAfter;
  private final DeliveryWindows windows;
  private final DigestBatches batches;
  private final ParkedNotifications parkedNotifications;
  private final DeliveryListener deliveryListener;
  private final EventJson json = new EventJson();
  private final Map<String, Instant> lastPolls = new ConcurrentHashMap<>();
  private final Backoff backoff;
  private final ChannelCircuitBreakers circuitBreakers;

  /**
   * @param giveUpAfter a row that is not delivered by then is parked
   * @param gather an alarm waits so long for others of the same cause; 0: not at all
   */
  public Outbox(
      Database database,
      String owner,
      Clock clock,
      Map<String, Channel> channels,
      Duration giveUpAfter,
      Duration gather,
      EventSource source,
      DeliveryListener deliveryListener,
      Timings timings) {
    DataSource dataSource = database.dataSource();
    this.jdbc = database.jdbc();
    this.groups = database.groups();
    this.storeRetry = database::retry;
    this.owner = owner;
    this.clock = clock;
    this.giveUpAfter = giveUpAfter;
    this.parkedNotifications = new ParkedNotifications(dataSource, channels, source, clock);
    this.windows =
        new DeliveryWindows(dataSource, channels, clock, gather, timings.maxGatherPauses());
    this.batches = new DigestBatches(dataSource, parkedNotifications, owner, source, clock);
    this.deliveryListener = deliveryListener;
    this.backoff = new Backoff(timings);
    this.circuitBreakers = new ChannelCircuitBreakers(backoff);
  }

  /**
   * At the start and after a reload: parks the messages of channels that were removed, and sends a
   * notice.
   */
  public void parkForRemovedChannels() {
    parkedNotifications.parkForRemovedChannels();
  }

  /** Puts the event on its way; joins the transaction that is open on this thread. */
  public void enqueueEntry(OutboxEntry entry) {
    rows(entry).forEach(row -> jdbc.update(row.sql(), row.values().toArray()));
  }

  /** The same with a message that goes by itself to each of these channels; once, by its id. */
  public void enqueue(Notification message, List<String> channels) {
    OffsetDateTime now = SqlTime.of(clock.instant());
    for (String channel : channels) {
      Recipient to = new Recipient(channel, null, clock.instant());
      RowChange row = row(message, json.write(message), to, now);
      jdbc.update(row.sql(), row.values().toArray());
    }
  }

  /** What puts the event on its way, for whoever writes it in a transaction: a row a recipient. */
  public List<RowChange> rows(OutboxEntry entry) {
    OffsetDateTime now = SqlTime.of(clock.instant());
    return entry.recipients().stream().map(to -> row(entry.event(), to, now)).toList();
  }

  private RowChange row(Event event, Recipient to, OffsetDateTime now) {
    return row(event, json.write(to.isDigest() ? event.withoutWarningTexts() : event), to, now);
  }

  private RowChange row(Notification message, String text, Recipient to, OffsetDateTime now) {
    return RowChange.of(
        """
        insert into outbox (event_id, channel, subject, event, created_at, due_at, ready_at, waits_in,
          alarm)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
        """,
        message.id(),
        to.channel(),
        message.subject(),
        text,
        now,
        SqlTime.of(to.dueAt()),
        SqlTime.of(to.dueAt()),
        to.isGathered() && !windows.gatheringEnabled() ? null : to.window(),
        to.isGathered());
  }

  /**
   * What is due for the channel, oldest first. Nothing while another node delivers, or while the
   * circuit is open; after that one message, the one with the fewest attempts, probes the channel.
   */
  public List<Delivery> dueDeliveries(String channel) {
    windows.releaseClosed(channel);
    List<Delivery> due =
        circuitBreakers.isOpen(channel, clock.instant()) ? List.of() : readyDeliveries(channel);
    lastPolls.put(channel, clock.instant());
    return circuitBreakers.isProbing(channel)
        ? due.stream().min(Comparator.comparingInt(Delivery::attempts)).stream().toList()
        : due;
  }

  private List<Delivery> readyDeliveries(String channel) {
    List<Long> rows =
        jdbc.queryForList(
            "select id from "
                + WITH_FIRST_OF_SUBJECT
                + "where id = first and waits_in is null and due_at <= ? and "
                + ROW_CLAIMABLE
                + " and "
                + CHANNEL_CLAIMABLE
                + " order by id limit "
                + MAX_DUE_ROWS,
            Long.class,
            channel,
            SqlTime.of(clock.instant()),
            owner,
            owner,
            channel);
    List<Delivery> due = new ArrayList<>();
    Map<Long, String> unreadable = new LinkedHashMap<>();
    // apart: the query above reads an index alone, the rows are large, and few are due
    for (Long row : rows) {
      try {
        due.addAll(jdbc.query("select * from outbox where id = ?", this::delivery, row));
      } catch (IllegalArgumentException e) {
        unreadable.put(row, e.getMessage());
      }
    }
    unreadable.forEach((row, reason) -> parkedNotifications.parkUnreadable(channel, row, reason));
    due.addAll(batches.dueDigests(channel));
    return due;
  }

  private Delivery delivery(ResultSet row, int number) throws SQLException {
    return new Delivery(
        row.getLong("id"),
        row.getString("channel"),
        json.readNotification(row.getString("event")),
        row.getInt("attempts"));
  }

  /** Whether this node is to deliver it now: another one may have delivered or tried it since. */
  public boolean claim(@Body Delivery delivery) {
    if (circuitBreakers.isOpen(delivery.channel(), clock.instant())) {
      return false; // it did not accept the one before
    }
    // the row's own owner: of two nodes that claim it at once the second waits for the first, and
    // then reads of all rows only this one anew
    int claimed =
        jdbc.update(
            "update outbox set owner = ? where "
                + rowFilter(delivery)
                + "due_at <= ? and "
                + ROW_CLAIMABLE
                + " and "
                + CHANNEL_CLAIMABLE,
            owner,
            key(delivery),
            SqlTime.of(clock.instant()),
            owner,
            owner,
            delivery.channel());
    lastPolls.put(delivery.channel(), clock.instant());
    return claimed > 0;
  }

  public void markDelivered(Delivery delivery) {
    storeRetry.accept(
        () -> {
          // first: a delivered message never leaves the mark of a failing channel behind
          parkedNotifications.channelRecovered(delivery.channel());
          groups.update(
              RowChange.of(
                  "update outbox set delivered_at = ?, attempts = attempts + 1, last_error = null, owner = null where "
                      + rowFilter(delivery)
                      + "owner = ?",
                  SqlTime.of(clock.instant()),
                  key(delivery),
                  owner));
        });
    if (circuitBreakers.recordSuccess(delivery.channel()) > 1) {
      makeRetriesDue(delivery.channel());
    }
    deliveryListener.deliveryEnded(delivery.channel(), true);
  }

  /** The channel is back: what was tried before goes out with the others. */
  private void makeRetriesDue(String channel) {
    OffsetDateTime now = SqlTime.of(clock.instant());
    storeRetry.accept(
        () ->
            jdbc.update(
                "update outbox set due_at = ? where channel = ? and "
                    + UNDELIVERED
                    + " and due_at > ? and last_error is not null"
                    + " and (waits_in is null or batch is not null)",
                now,
                channel,
                now));
  }

  /** Retried after a growing pause, or parked; at once when the failure is permanent. */
  public void markFailed(Delivery delivery, Throwable cause) {
    JvmErrors.rethrowJvmError(cause);
    deliveryListener.deliveryEnded(delivery.channel(), false);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    String reason = UntrustedText.limited(String.valueOf(cause.getMessage()), 4_000);
    boolean permanent = cause instanceof DeliveryException known && known.permanent();
    boolean down = circuitBreakers.isProbing(delivery.channel());
    parkedNotifications.runAndNotify(
        delivery.channel(),
        now,
        () -> {
          jdbc.update(
              """
                update outbox set attempts = attempts + 1, last_error = ?, due_at = ?,
                  parked_at = case when ready_at < ? then cast(? as timestamp with time zone) end,
                  owner = null
                where\s"""
                  + rowFilter(delivery)
                  + "owner = ?",
              reason,
              SqlTime.of(now.plus(backoff.pause(delivery.attempts(), cause))),
              SqlTime.of(permanent ? now.plus(CLOCK_MARGIN) : now.minus(giveUpAfter)),
              SqlTime.of(now),
              key(delivery),
              owner);
          if (down) {
            parkExpiredRows(delivery.channel(), reason, now);
          }
        });
    circuitBreakers.recordFailure(delivery.channel(), cause, now);
  }

  /** What has waited too long behind the one that probes is given up with it. */
  private void parkExpiredRows(String channel, String reason, Instant now) {
    jdbc.update(
        "update outbox set parked_at = ?, last_error = coalesce(last_error, ?) where channel = ? and "
            + UNDELIVERED
            + " and owner is null and ready_at < ? and (waits_in is null or batch is not null)",
        SqlTime.of(now),
        reason,
        channel,
        SqlTime.of(now.minus(giveUpAfter)));
  }

  /** Apart, not joined by an "or": no index would serve that. */
  private static String rowFilter(Delivery delivery) {
    return delivery.batch() == null ? "id = ? and " : "batch = ? and ";
  }

  private static Object key(Delivery delivery) {
    return delivery.batch() == null ? (Object) delivery.row() : delivery.batch();
  }

  /** The rows of the event's run or site, or of all (null), but for those that wait in a window. */
  public int undeliveredCount(Event event) {
    return event == null
        ? jdbc.queryForObject(UNDELIVERED_COUNT, Integer.class)
        : jdbc.queryForObject(
            UNDELIVERED_COUNT + " and subject in (?, ?)",
            Integer.class,
            event.subject(),
            event.data().site());
  }

  /** The same rows of what concerns a site itself, and none of its runs. */
  public int undeliveredCountOf(String site) {
    return jdbc.queryForObject(UNDELIVERED_COUNT + " and subject = ?", Integer.class, site);
  }

  public void stopGathering() {
    windows.stopGathering();
  }

  /** Messages are tried at once: somebody waits for them. */
  public void resetCircuitBreakers() {
    circuitBreakers.reset();
  }

  public Instant lastPolledAt(String channel) {
    return lastPolls.get(channel);
  }
}
