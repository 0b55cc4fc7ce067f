package io.github.camelakeeba.trigger;

import io.github.camelakeeba.notify.ServerText;
import io.github.camelakeeba.run.Api;
import io.github.camelakeeba.run.Reply;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.run.Runs;
import io.github.camelakeeba.site.Trigger;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.Variable;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bean {@code backup-hooks}: what the caller of a trigger over HTTP is told, and the log. */
public final class Hooks {
  private static final Logger LOG = LoggerFactory.getLogger(Hooks.class);
  private static final int LONGEST_REASON = 500;

  private final Map<String, Trigger> triggers;
  private final Triggers standings;
  private final Api api;
  private final Runs runs;
  private final ConcurrentMap<String, Long> told = new ConcurrentHashMap<>();

  /** For these triggers, by name; counts for the standings. */
  public Hooks(Map<String, Trigger> triggers, Triggers standings, Api api, Runs runs) {
    this.triggers = triggers;
    this.standings = standings;
    this.api = api;
    this.runs = runs;
  }

  /**
   * The reply to a call that has become this run: the run, or, where the trigger waits, its end.
   */
  public Reply accepted(
      Exchange exchange, @Body Run run, @Variable("backup-arrival") Arrival arrival) {
    Trigger trigger = triggers.get(arrival.trigger());
    standings.accepted(trigger.name());
    return trigger.reply() == Trigger.Answer.OUTCOME
        ? api.accepted(exchange, run, trigger.patience())
        : Replies.shown(runs, run);
  }

  /**
   * A call was not taken. Whoever can reach us could fill the log: a caller who proves nothing is
   * told of once a minute.
   */
  public void refused(
      @Variable("backup-arrival") Arrival arrival, @ExchangeException Throwable cause) {
    standings.refused(arrival.trigger());
    RunRefusedException refused = ObjectHelper.getException(RunRefusedException.class, cause);
    if (refused != null && (refused.reason() != Reason.UNPROVEN || quietLately(arrival))) {
      LOG.warn(
          "trigger {}: refused a call: {}",
          arrival.trigger(),
          ServerText.oneLine(refused.getMessage(), LONGEST_REASON));
    }
  }

  private boolean quietLately(Arrival arrival) {
    long now = System.nanoTime();
    Long last = told.putIfAbsent(arrival.trigger(), now);
    return last == null
        || now - last > TimeUnit.MINUTES.toNanos(1) && told.replace(arrival.trigger(), last, now);
  }
}
