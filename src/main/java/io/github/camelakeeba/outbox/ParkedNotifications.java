package io.github.camelakeeba.outbox;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.event.EventSource;
import io.github.camelakeeba.event.ParkedNotice;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.store.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Parks messages, and notifies another channel of it, once. */
final class ParkedNotifications {
  private static final Logger LOG = LoggerFactory.getLogger(ParkedNotifications.class);

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final Map<String, Channel> channels;
  private final EventSource source;
  private final Clock clock;
  private final EventJson json = new EventJson();

  ParkedNotifications(
      DataSource dataSource, Map<String, Channel> channels, EventSource source, Clock clock) {
    this.jdbc = new JdbcTemplate(dataSource);
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    this.channels = channels;
    this.source = source;
    this.clock = clock;
  }

  void parkForRemovedChannels() {
    jdbc
        .queryForList(
            "select distinct channel from outbox where delivered_at is null and parked_at is null",
            String.class)
        .stream()
        .filter(name -> !channels.containsKey(name))
        .forEach(
            name ->
                park(
                    name, "channel = ?", name, "the channel is not in config/sites.yaml any more"));
  }

  /** Parks a row outside of its digest, which it would hold back. */
  void parkUnreadable(String channel, long row, String reason) {
    park(channel, "id = ?", row, UntrustedText.asReason(reason));
    jdbc.update("update outbox set batch = null where id = ?", row);
  }

  private void park(String channel, String which, Object key, String reason) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    runAndNotify(
        channel,
        now,
        () ->
            jdbc.update(
                "update outbox set parked_at = ?, owner = null, last_error = ? "
                    + "where delivered_at is null and parked_at is null and "
                    + which,
                SqlTime.of(now),
                reason,
                key));
  }

  /** The channel has accepted a message: the next failure is reported again. */
  void channelRecovered(String channel) {
    jdbc.update("delete from told_parked where channel = ?", channel);
  }

  /**
   * Runs what may park messages of the channel at this instant; where one is, another channel is
   * notified in the same transaction, unless that is reported already.
   */
  void runAndNotify(String channel, Instant now, Runnable work) {
    transaction.executeWithoutResult(
        status -> {
          work.run();
          findParked(channel, now)
              .filter(notice -> markReported(channel, notice.time()))
              .ifPresent(notice -> sendNotice(channel, notice));
        });
  }

  private Optional<ParkedNotice> findParked(String channel, Instant now) {
    return jdbc
        .query(
            """
            select event_id, ready_at, last_error from outbox
            where channel = ? and parked_at = ? and delivered_at is null
            order by id limit 1
            """,
            (row, number) -> notice(channel, row, now),
            channel,
            SqlTime.of(now))
        .stream()
        .findFirst();
  }

  private ParkedNotice notice(String channel, ResultSet row, Instant now) throws SQLException {
    return ParkedNotice.parked(
        source,
        channel,
        row.getString("event_id"),
        SqlTime.instant(row, "ready_at"),
        now,
        row.getString("last_error"));
  }

  private boolean markReported(String channel, Instant now) {
    return jdbc.update(
            "insert into told_parked (channel, told_at) values (?, ?) on conflict do nothing",
            channel,
            SqlTime.of(now))
        > 0;
  }

  private void sendNotice(String channel, ParkedNotice notice) {
    Optional<String> other = fallbackChannel(channel);
    LOG.error(
        "channel {} could not be notified of {}, which is parked: {}; {}",
        channel,
        notice.data().event(),
        notice.data().reason(),
        other.map(name -> "channel " + name + " is notified").orElse("there is no other channel"));
    OffsetDateTime now = SqlTime.of(notice.time());
    other.ifPresent(
        name ->
            jdbc.update(
                """
                insert into outbox (event_id, channel, subject, event, created_at, due_at, ready_at)
                values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                """,
                notice.id(),
                name,
                notice.subject(),
                json.write(notice),
                now,
                now,
                now));
  }

  /** Rather one that works, and one that people read. */
  private Optional<String> fallbackChannel(String channel) {
    List<String> troubled =
        jdbc.queryForList(
            """
            select distinct channel from outbox
            where delivered_at is null and (parked_at is not null or last_error is not null)
            """,
            String.class);
    return channels.values().stream()
        .filter(one -> !one.name().equals(channel) && !(one instanceof Channel.Healthchecks))
        .min(
            Comparator.comparing((Channel one) -> troubled.contains(one.name()))
                .thenComparing(one -> !one.isReadByPeople()))
        .map(Channel::name);
  }
}
