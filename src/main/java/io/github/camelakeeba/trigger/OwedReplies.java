package io.github.camelakeeba.trigger;

import io.github.camelakeeba.notify.Backoff;
import io.github.camelakeeba.notify.ServerText;
import io.github.camelakeeba.site.Secret;
import io.github.camelakeeba.site.Timings;
import io.github.camelakeeba.site.Trigger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The bean {@code backup-owed-replies}: outcomes that senders wait for, from the row of the request
 * to the reply, across restarts; at least once, and given up after a day.
 */
public final class OwedReplies {
  private static final Logger LOG = LoggerFactory.getLogger(OwedReplies.class);

  /** Nobody else sends what was taken for so long. */
  private static final Duration LEASE = Duration.ofMinutes(2);

  private static final Duration GIVEN_UP = Duration.ofHours(24);
  private static final int LONGEST_REASON = 300;
  private static final int AT_ONCE = 50;

  private final Map<String, Trigger> triggers;
  private final Map<String, Secret> uris = new HashMap<>();
  private final Map<String, Breather> breathers = new HashMap<>();
  private final JdbcTemplate jdbc;
  private final Backoff backoff;
  private final Clock clock;

  /** For these triggers, by name. */
  public OwedReplies(
      Map<String, Trigger> triggers, DataSource dataSource, Timings timings, Clock clock) {
    this.triggers = triggers;
    for (Trigger trigger : triggers.values()) {
      if (trigger.reply() == Trigger.Answer.OUTCOME) {
        breathers.put(trigger.name(), new Breather(AT_ONCE, System::nanoTime));
        for (String kind : List.of("queue", "topic")) {
          uris.put(kind + " " + trigger.name(), ReplyUri.of(trigger.from(), kind));
        }
      }
    }
    this.jdbc = new JdbcTemplate(dataSource);
    this.backoff = new Backoff(timings);
    this.clock = clock;
  }

  /** Notes that this sender is told of the run's end; the same message is noted once. */
  public void await(String trigger, String run, ReplyTo to) {
    Instant now = clock.instant();
    jdbc.update(
        """
        insert into reply (id, run, trigger_name, destination, correlation, created_at, due_at)
        values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
        """,
        hash(trigger + "\n" + run + "\n" + to.destination() + "\n" + to.correlation()),
        run,
        trigger,
        to.destination(),
        to.correlation(),
        time(now),
        time(now));
  }

  /** Those that are due, or none where a look would be one too many. */
  public List<OwedReply> look(String trigger) {
    return breathers.get(trigger).look(() -> due(trigger));
  }

  /** The trigger's replies that can be sent, those that wait longest first. */
  List<OwedReply> due(String trigger) {
    return jdbc.query(
        """
        select reply.*, run.outcome, run.ended_at from reply join run on run.id = reply.run
        where reply.trigger_name = ? and reply.due_at <= ? and run.outcome is not null
        order by reply.due_at, reply.id limit
        """
            + " "
            + AT_ONCE,
        (row, number) -> reply(row, trigger),
        trigger,
        time(clock.instant()));
  }

  private OwedReply reply(ResultSet row, String trigger) throws SQLException {
    ReplyTo to = new ReplyTo(row.getString("destination"), row.getString("correlation"));
    return new OwedReply(
        row.getString("id"),
        row.getString("run"),
        to,
        uris.get(to.kind() + " " + trigger),
        row.getString("outcome"),
        row.getTimestamp("ended_at").toInstant(),
        row.getInt("attempts"));
  }

  /** Whether it is this node that sends it now. */
  public boolean take(OwedReply reply) {
    return jdbc.update(
            "update reply set attempts = attempts + 1, due_at = ? where id = ? and attempts = ?",
            time(clock.instant().plus(LEASE)),
            reply.id(),
            reply.attempts())
        == 1;
  }

  /** Puts the reply's headers among those that are sent. */
  public void address(
      @Variable("backup-reply") OwedReply reply, @Headers Map<String, Object> headers) {
    headers.putAll(reply.headers());
  }

  /** It is sent. */
  public void sent(OwedReply reply) {
    jdbc.update("delete from reply where id = ?", reply.id());
  }

  /** It comes again after a pause, or, a day after the run has ended, not any more. */
  public void failed(OwedReply reply, Throwable cause) {
    Instant now = clock.instant();
    if (now.isAfter(reply.endedAt().plus(GIVEN_UP))) {
      sent(reply);
      LOG.warn("the {} is given up: a day after its end it can't be sent: {}", reply, why(cause));
      return;
    }
    Duration pause = backoff.pause(reply.attempts(), cause);
    jdbc.update(
        "update reply set due_at = ? where id = ? and attempts = ?",
        time(now.plus(pause)),
        reply.id(),
        reply.attempts() + 1);
    if (reply.attempts() == 0) {
      LOG.warn("the {} could not be sent; it is tried for a day: {}", reply, why(cause));
    }
  }

  private static String why(Throwable thrown) {
    return ServerText.reason(thrown, LONGEST_REASON);
  }

  /** At the start: what triggers that are gone have promised can't be sent. */
  public void giveUpStrangers() {
    for (String trigger :
        jdbc.queryForList("select distinct trigger_name from reply", String.class)) {
      Trigger known = triggers.get(trigger);
      if (known == null || known.reply() != Trigger.Answer.OUTCOME) {
        int count = jdbc.update("delete from reply where trigger_name = ?", trigger);
        LOG.warn(
            "owed replies given up: {}; there is no trigger {} that sends them", count, trigger);
      }
    }
  }

  private static Timestamp time(Instant instant) {
    return Timestamp.from(instant);
  }

  private static String hash(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
