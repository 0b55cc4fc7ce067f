package io.github.camelakeeba.trigger;

import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.integration.OutcomeWait;
import io.github.camelakeeba.integration.PendingOutcome;
import io.github.camelakeeba.rest.BackupResource;
import io.github.camelakeeba.rest.RestResponse;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.run.store.RunQueries;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.trigger.message.InboundMessage;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Body;
import org.apache.camel.ExchangeException;
import org.apache.camel.Variable;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the caller of a trigger over HTTP is told, and the log. */
public final class WebhookTriggers {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookTriggers.class);

  private final Map<String, Trigger> triggers;
  private final TriggerSupervisor supervisor;
  private final BackupResource api;
  private final RunQueries runs;
  private final ConcurrentMap<String, Long> lastLogged = new ConcurrentHashMap<>();

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

  /** The call has become this run: how long its outcome is waited for. */
  public OutcomeWait accept(@Variable("backup-inbound-message") InboundMessage arrival) {
    Trigger trigger = triggers.get(arrival.trigger());
    supervisor.countAccepted(trigger.name());
    return api.limited(
        trigger.reply() == Trigger.ReplyMode.OUTCOME ? trigger.replyTimeout() : Duration.ZERO);
  }

  /** The reply: the run, or, where the trigger waits, its end. */
  public RestResponse reply(
      @Body PendingOutcome pending, @Variable("backup-inbound-message") InboundMessage arrival) {
    return TriggerReplies.reply(api, runs, triggers.get(arrival.trigger()), pending);
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
          UntrustedText.asReason(refused.getMessage()));
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
