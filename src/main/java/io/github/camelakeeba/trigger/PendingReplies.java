package io.github.camelakeeba.trigger;

import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.exchange.IsolatedExchanges;
import io.github.camelakeeba.exchange.JvmErrors;
import io.github.camelakeeba.outbox.Backoff;
import io.github.camelakeeba.secret.Sha256;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.store.SqlTime;
import io.github.camelakeeba.trigger.message.ReplyTo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** Outcomes for senders: sent at least once, also after a restart, and given up after a day. */
public final class PendingReplies {
  private static final Logger LOG = LoggerFactory.getLogger(PendingReplies.class);
  private static final Duration CLAIM_LEASE = Duration.ofMinutes(2); // no other node sends it
  private static final Duration GIVE_UP_AFTER = Duration.ofHours(24);
  private static final int MAX_DUE_REPLIES = 50;

  private final Map<String, Trigger> triggers;
  private final Map<String, AdaptivePolling> pollers = new ConcurrentHashMap<>();
  private final IsolatedExchanges exchanges;
  private final JdbcTemplate jdbc;
  private final Backoff backoff;
  private final Clock clock;

  public PendingReplies(
      Map<String, Trigger> triggers,
      DataSource dataSource,
      IsolatedExchanges exchanges,
      Timings timings,
      Clock clock) {
    this.exchanges = exchanges;
    this.triggers = triggers;
    this.jdbc = new JdbcTemplate(dataSource);
    this.backoff = new Backoff(timings);
    this.clock = clock;
  }

  public void register(String trigger, String run, ReplyTo to) {
    Instant now = clock.instant();
    jdbc.update(
        """
        insert into reply (id, run, trigger_name, destination, correlation, created_at, due_at)
        values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
        """,
        Sha256.hex(trigger + "\n" + run + "\n" + to.destination() + "\n" + to.correlation()),
        run,
        trigger,
        to.destination(),
        to.correlation(),
        SqlTime.of(now),
        SqlTime.of(now));
  }

  public List<PendingReply> pollDue(String trigger) {
    return pollers
        .computeIfAbsent(trigger, name -> new AdaptivePolling(MAX_DUE_REPLIES, System::nanoTime))
        .poll(() -> dueReplies(trigger));
  }

  List<PendingReply> dueReplies(String name) {
    Trigger trigger = triggers.get(name);
    if (trigger == null) {
      return List.of(); // taken out since
    }
    return jdbc.query(
        """
        select reply.*, run.outcome, run.ended_at from reply join run on run.id = reply.run
        where reply.trigger_name = ? and reply.due_at <= ? and run.outcome is not null
        order by reply.due_at, reply.id limit
        """
            + MAX_DUE_REPLIES,
        (row, number) -> reply(row, trigger),
        name,
        SqlTime.of(clock.instant()));
  }

  private static PendingReply reply(ResultSet row, Trigger trigger) throws SQLException {
    ReplyTo to = new ReplyTo(row.getString("destination"), row.getString("correlation"));
    return new PendingReply(
        row.getString("id"),
        row.getString("run"),
        to,
        ReplyUri.of(trigger.from(), to.kind()),
        row.getString("outcome"),
        SqlTime.instant(row, "ended_at"),
        row.getInt("attempts"));
  }

  /** Whether it is this node that sends it now. */
  boolean claim(PendingReply reply) {
    return jdbc.update(
            "update reply set attempts = attempts + 1, due_at = ? where id = ? and attempts = ?",
            SqlTime.of(clock.instant().plus(CLAIM_LEASE)),
            reply.id(),
            reply.attempts())
        == 1;
  }

  /**
   * Sends it, unless another node does; at least once: again after a kill before its row is
   * deleted.
   */
  public void send(PendingReply reply) throws Exception {
    if (claim(reply)) {
      exchanges.deliver(reply.address(), reply.outcome(), reply.headers());
      markSent(reply);
    }
  }

  void markSent(PendingReply reply) {
    jdbc.update("delete from reply where id = ?", reply.id());
  }

  /** It is retried after a pause, until a day after the run has ended. */
  public void markFailed(PendingReply reply, Throwable cause) {
    JvmErrors.rethrowJvmError(cause);
    String reason = UntrustedText.rootCause(cause);
    Instant now = clock.instant();
    if (now.isAfter(reply.endedAt().plus(GIVE_UP_AFTER))) {
      markSent(reply);
      LOG.warn("the {} is given up: a day after its end it can't be sent: {}", reply, reason);
      return;
    }
    jdbc.update(
        "update reply set due_at = ? where id = ? and attempts = ?",
        SqlTime.of(now.plus(backoff.pause(reply.attempts(), cause))),
        reply.id(),
        reply.attempts() + 1);
    if (reply.attempts() == 0) {
      LOG.warn("the {} could not be sent; it is tried for a day: {}", reply, reason);
    }
  }

  /** At the start and after a reload: what removed triggers have promised can't be sent. */
  public void discardForRemovedTriggers() {
    for (String trigger :
        jdbc.queryForList("select distinct trigger_name from reply", String.class)) {
      Trigger known = triggers.get(trigger);
      if (known == null || known.reply() != Trigger.ReplyMode.OUTCOME) {
        int count = jdbc.update("delete from reply where trigger_name = ?", trigger);
        LOG.warn(
            "owed replies given up: {}; there is no trigger {} that sends them", count, trigger);
      }
    }
  }
}
