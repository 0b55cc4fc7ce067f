package io.github.camelakeeba.notify;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.camel.Body;
import org.springframework.jdbc.core.JdbcTemplate;

/** Events on their way to channels; each row is delivered at least once, or parked and kept. */
public final class Outbox {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  /** A row that no living node but this one is delivering; takes this node's id. */
  private static final String FREE =
      """
      delivered_at is null and parked_at is null and (owner is null or owner = ? or not exists (
        select 1 from node where node.id = outbox.owner and alive_until > current_timestamp))
      """;

  /** The same of all rows of the channel; takes the channel and this node's id. */
  private static final String CHANNEL_FREE =
      """
      not exists (
        select 1 from outbox held join node on node.id = held.owner
        where held.channel = ? and held.delivered_at is null and held.parked_at is null
          and held.owner <> ? and alive_until > current_timestamp)
      """;

  private final JdbcTemplate jdbc;
  private final String owner;
  private final Clock clock;
  private final EventJson json = new EventJson();
  private final Duration giveUpAfter;
  private final Consumer<Runnable> insist;

  /**
   * The owner is this node's id; a row that could not be delivered for so long is parked. What a
   * channel has taken is noted as often as it takes, by {@code insist}.
   */
  public Outbox(
      DataSource dataSource,
      Consumer<Runnable> insist,
      String owner,
      Clock clock,
      Duration giveUpAfter) {
    this.insist = insist;
    this.jdbc = new JdbcTemplate(dataSource);
    this.owner = owner;
    this.clock = clock;
    this.giveUpAfter = giveUpAfter;
  }

  /**
   * Puts the event on its way to each channel; joins the transaction that is open on this thread.
   */
  public void put(Event event, List<String> channels) {
    String text = channels.isEmpty() ? "" : json.write(event);
    for (String channel : channels) {
      jdbc.update(
          "insert into outbox (event_id, channel, event, created_at, due_at) "
              + "values (?, ?, ?, ?, ?) on conflict do nothing",
          event.id(),
          channel,
          text,
          time(clock.instant()),
          time(clock.instant()));
    }
  }

  /** What is due for the channel, oldest first; at most 50. Nothing while another node delivers. */
  public List<Delivery> due(String channel) {
    return jdbc.query(
        "select * from outbox where channel = ? and due_at <= ? and "
            + FREE
            + " and "
            + CHANNEL_FREE
            + " order by id limit 50",
        this::delivery,
        channel,
        time(clock.instant()),
        owner,
        channel,
        owner);
  }

  /**
   * Whether this node is to deliver it, just before it does: another one may have done so since.
   */
  public boolean take(@Body Delivery delivery) {
    // the row's own owner once more: of two nodes that take it at once the second waits for the
    // first, and then sees of all rows only this one anew
    return jdbc.update(
            "update outbox set owner = ? where id = ? and " + FREE + " and " + CHANNEL_FREE,
            owner,
            delivery.id(),
            owner,
            delivery.channel(),
            owner)
        > 0;
  }

  private Delivery delivery(ResultSet row, int number) throws SQLException {
    return new Delivery(
        row.getLong("id"),
        row.getString("channel"),
        json.read(row.getString("event")),
        row.getInt("attempts"));
  }

  /** The channel has taken it. */
  public void delivered(Delivery delivery) {
    insist.accept(
        () ->
            jdbc.update(
                """
                update outbox
                set delivered_at = ?, attempts = attempts + 1, last_error = null, owner = null
                where id = ? and owner = ?
                """,
                time(clock.instant()),
                delivery.id(),
                owner));
  }

  /** The channel has not taken it: again after a pause of 1 s to 10 min, or parked for good. */
  public void failed(Delivery delivery, String reason) {
    Instant now = clock.instant();
    jdbc.update(
        """
        update outbox set attempts = attempts + 1, last_error = ?, due_at = ?,
          parked_at = case when created_at < ? then ? else null end, owner = null
        where id = ? and owner = ?
        """,
        io.github.camelakeeba.site.KnownSecrets.mask(String.valueOf(reason)),
        time(now.plus(pause(delivery.attempts()))),
        time(now.minus(giveUpAfter)),
        time(now),
        delivery.id(),
        owner);
  }

  private static Duration pause(int attempts) {
    long doubled = FIRST_PAUSE.toMillis() << Math.min(attempts, 20);
    long bounded = Math.min(doubled, LONGEST_PAUSE.toMillis());
    return Duration.ofMillis(bounded * ThreadLocalRandom.current().nextLong(80, 121) / 100);
  }

  /** How many rows of the event, or of all events (null), are still on their way. */
  public int open(String eventId) {
    Integer count =
        jdbc.queryForObject(
            """
            select count(*) from outbox
            where delivered_at is null and parked_at is null
              and (event_id = ? or cast(? as varchar) is null)
            """,
            Integer.class,
            eventId,
            eventId);
    return count == null ? 0 : count;
  }

  private static java.time.OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
