package io.github.camelakeeba.trigger;

import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.rest.BackupResource;
import io.github.camelakeeba.rest.RestResponse;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.run.store.RunQueries;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.trigger.message.InboundMessage;
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
public final class WebhookTriggers {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookTriggers.class);
  private static final int MAX_REASON_LENGTH = 500;

  private final Map<String, Trigger> triggers;
  private final TriggerSupervisor supervisor;
  private final BackupResource api;
  private final RunQueries runs;
  private final ConcurrentMap<String, Long> lastLogged = new ConcurrentHashMap<>();

  /** For these triggers, by name; counts for the standings. */
  public WebhookTriggers(
      Map<String, Trigger> triggers,
      TriggerSupervisor standings,
      BackupResource api,
      RunQueries runs) {
    this.triggers = triggers;
    this.supervisor = standings;
    this.api = api;
    this.runs = runs;
  }

  /**
   * The reply to a call that has become this run: the run, or, where the trigger waits, its end.
   */
  public RestResponse replyAccepted(
      Exchange exchange,
      @Body Run run,
      @Variable("backup-inbound-message") InboundMessage arrival) {
    Trigger trigger = triggers.get(arrival.trigger());
    supervisor.countAccepted(trigger.name());
    return trigger.reply() == Trigger.ReplyMode.OUTCOME
        ? api.accepted(exchange, run, trigger.replyTimeout())
        : TriggerReplies.runReply(runs, run);
  }

  /**
   * A call was not taken. Whoever can reach us could fill the log: a caller who proves nothing is
   * told of once a minute.
   */
  public void recordRejection(
      @Variable("backup-inbound-message") InboundMessage arrival,
      @ExchangeException Throwable cause) {
    supervisor.countRejected(arrival.trigger());
    RunRefusedException refused = ObjectHelper.getException(RunRefusedException.class, cause);
    if (refused != null && (refused.reason() != Reason.UNPROVEN || isLogDue(arrival))) {
      LOG.warn(
          "trigger {}: refused a call: {}",
          arrival.trigger(),
          UntrustedText.oneLine(refused.getMessage(), MAX_REASON_LENGTH));
    }
  }

  private boolean isLogDue(InboundMessage arrival) {
    long now = System.nanoTime();
    Long last = lastLogged.putIfAbsent(arrival.trigger(), now);
    return last == null
        || now - last > TimeUnit.MINUTES.toNanos(1)
            && lastLogged.replace(arrival.trigger(), last, now);
  }
}
