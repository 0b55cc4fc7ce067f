package io.github.camelakeeba.outbox;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.store.SqlTime;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Retries parked messages, and those that wait for another attempt, at once. */
public final class OutboxRetry {
  private static final String PARKED =
      "delivered_at is null and parked_at is not null and channel in (:channels)";

  /** Also what is retried after a pause, but not what waits for its window. */
  private static final String PARKED_OR_RETRYING =
      "delivered_at is null and channel in (:channels) and (parked_at is not null or due_at > :now and not "
          + OutboxQueries.WAITS_FOR_WINDOW
          + ")";

  private static final String SELECTED_ROWS =
      " and (id in (:ids) or batch in (select batch from outbox where id in (:ids) and batch is not null))";

  private final NamedParameterJdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final Map<String, Channel> channels;
  private final Clock clock;

  public OutboxRetry(DataSource dataSource, Map<String, Channel> channels, Clock clock) {
    this.jdbc = new NamedParameterJdbcTemplate(dataSource);
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    this.channels = channels;
    this.clock = clock;
  }

  /**
   * Makes messages due now as if they were new; gives how many.
   *
   * @param channel its parked and waiting ones; null: the parked ones of all channels
   * @param ids only these rows; empty: all
   */
  public int retry(String channel, List<Long> ids) {
    Set<String> of = channel == null ? channels.keySet() : Set.of(channel);
    if (of.isEmpty()) {
      return 0;
    }
    OffsetDateTime now = SqlTime.of(clock.instant().truncatedTo(ChronoUnit.MILLIS));
    MapSqlParameterSource values =
        new MapSqlParameterSource().addValue("channels", of).addValue("now", now);
    String which = channel == null && ids.isEmpty() ? PARKED : PARKED_OR_RETRYING;
    if (!ids.isEmpty()) {
      which += SELECTED_ROWS;
      values.addValue("ids", ids);
    }
    String rows = which;
    Integer count = transaction.execute(status -> retry(rows, values));
    return count == null ? 0 : count;
  }

  private int retry(String rows, MapSqlParameterSource values) {
    // when one of them is parked again, another notice is sent
    jdbc.update(
        "delete from told_parked where channel in (select channel from outbox where " + rows + ")",
        values);
    return jdbc.update(
        "update outbox set parked_at = null, attempts = 0, due_at = :now, ready_at = :now where "
            + rows,
        values);
  }
}
