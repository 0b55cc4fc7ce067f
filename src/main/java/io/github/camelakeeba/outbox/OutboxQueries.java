package io.github.camelakeeba.outbox;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.store.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads undelivered messages; throws when the store is unavailable. */
public final class OutboxQueries {
  /** A row that waits for its window on purpose; failures gather for a few seconds only. */
  static final String WAITS_FOR_WINDOW =
      "(waits_in is not null and waits_in not like 'gather%' and batch is null)";

  private static final String COUNTS =
      """
      select channel,
        sum(case when parked_at is null and not %1$s then 1 else 0 end) as pending,
        sum(case when parked_at is null and %1$s then 1 else 0 end) as waiting,
        sum(case when parked_at is not null then 1 else 0 end) as parked,
        min(case when parked_at is null and not %1$s then ready_at end) as oldest,
        min(case when parked_at is null and attempts > 0 then ready_at end) as failing,
        min(case when parked_at is not null then ready_at end) as parked_since
      from outbox where delivered_at is null group by channel order by channel
      """
          .formatted(WAITS_FOR_WINDOW);

  private static final String ERRORS =
      """
      select channel, last_error from (
        select channel, last_error, row_number() over (
          partition by channel order by coalesce(parked_at, due_at) desc, id desc) as place
        from outbox where delivered_at is null and (attempts > 0 or parked_at is not null)
          and last_error is not null) failed
      where place = 1
      """;

  /** A window closes when the first of its rows is due. */
  private static final String ROWS =
      """
      select id, channel, event_id, attempts, parked_at, last_error, waits_in,
        case when parked_at is null and %1$s then true else false end as waits,
        case when parked_at is null and %1$s
          then min(due_at) over (partition by channel, waits_in, batch, parked_at) else due_at end as due
      from outbox where delivered_at is null
      """
          .formatted(WAITS_FOR_WINDOW);

  private final JdbcTemplate jdbc;
  private final Map<String, Channel> channels;

  /** Of these channels, and of removed ones that have messages left. */
  public OutboxQueries(DataSource dataSource, Map<String, Channel> channels) {
    this.jdbc = new JdbcTemplate(dataSource);
    this.channels = channels;
  }

  /** Every channel in the configuration's order, then removed ones; one query. */
  public List<ChannelState> channelCounts() {
    return List.copyOf(byName().values());
  }

  public List<ChannelState> channelStates() {
    Map<String, ChannelState> states = byName();
    jdbc.query(
        ERRORS,
        row -> {
          String error = UntrustedText.asCause(row.getString("last_error"));
          states.computeIfPresent(row.getString("channel"), (name, state) -> state.with(error));
        });
    return List.copyOf(states.values());
  }

  private Map<String, ChannelState> byName() {
    Map<String, ChannelState> states = new LinkedHashMap<>();
    channels.forEach((name, one) -> states.put(name, ChannelState.none(name, one.type())));
    jdbc.query(
        COUNTS,
        row -> {
          ChannelState state = state(row);
          states.put(state.channel(), state);
        });
    return states;
  }

  private ChannelState state(ResultSet row) throws SQLException {
    String name = row.getString("channel");
    Channel known = channels.get(name);
    return new ChannelState(
        name,
        known == null ? null : known.type(),
        row.getInt("pending"),
        row.getInt("waiting"),
        row.getInt("parked"),
        SqlTime.instant(row, "oldest"),
        SqlTime.instant(row, "failing"),
        SqlTime.instant(row, "parked_since"),
        null);
  }

  /** The channels that have messages left, in no order. */
  public Set<String> channelsWithMessages() {
    return Set.copyOf(
        jdbc.queryForList(
            "select distinct channel from outbox where delivered_at is null", String.class));
  }

  /** The oldest that are not delivered; of all channels (null) or one, only parked ones or all. */
  public UndeliveredMessages messages(String channel, boolean parked, int limit) {
    StringBuilder which = new StringBuilder();
    List<Object> values = new ArrayList<>();
    if (channel != null) {
      which.append(" and channel = ?");
      values.add(channel);
    }
    if (parked) {
      which.append(" and parked_at is not null");
    }
    int count =
        jdbc.queryForObject(
            "select count(*) from outbox where delivered_at is null" + which,
            Integer.class,
            values.toArray());
    List<UndeliveredMessages.Entry> rows =
        jdbc.query(
            ROWS + which + " order by id limit " + limit,
            (row, number) -> message(row),
            values.toArray());
    return new UndeliveredMessages(count, rows);
  }

  private static UndeliveredMessages.Entry message(ResultSet row) throws SQLException {
    Instant parkedAt = SqlTime.instant(row, "parked_at");
    boolean waits = row.getBoolean("waits");
    return new UndeliveredMessages.Entry(
        row.getLong("id"),
        row.getString("channel"),
        row.getString("event_id"),
        parkedAt != null ? "parked" : waits ? "waiting" : "pending",
        waits ? row.getString("waits_in") : null,
        row.getInt("attempts"),
        SqlTime.instant(row, "due"),
        parkedAt,
        UntrustedText.asCause(row.getString("last_error")));
  }
}
