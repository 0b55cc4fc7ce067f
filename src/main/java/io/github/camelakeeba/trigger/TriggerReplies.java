package io.github.camelakeeba.trigger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.integration.OutcomeWait;
import io.github.camelakeeba.integration.PendingOutcome;
import io.github.camelakeeba.problem.ProblemDetail;
import io.github.camelakeeba.rest.BackupResource;
import io.github.camelakeeba.rest.RestResponse;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.store.RunQueries;
import io.github.camelakeeba.trigger.message.InboundMessage;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Variable;
import org.apache.camel.component.file.GenericFileEndpoint;

/** What the sender of a message is replied: now, or once the run has ended. */
public final class TriggerReplies {
  private final TriggerSupervisor supervisor;
  private final Map<String, Trigger> triggers;
  private final BackupResource api;
  private final RunQueries runs;
  private final PendingReplies pendingReplies;
  private final ObjectMapper json;

  public TriggerReplies(
      TriggerSupervisor supervisor,
      Map<String, Trigger> triggers,
      BackupResource api,
      RunQueries runs,
      PendingReplies pendingReplies,
      ObjectMapper json) {
    this.supervisor = supervisor;
    this.triggers = triggers;
    this.api = api;
    this.runs = runs;
    this.pendingReplies = pendingReplies;
    this.json = json;
  }

  /** How long the run's outcome is waited for; a sender beyond a broker gets its reply later. */
  public OutcomeWait accept(
      @Body Run run,
      @Variable("backup-inbound-message") InboundMessage message,
      Exchange exchange) {
    Trigger trigger = triggers.get(message.trigger());
    if (trigger == null) {
      return exchange.getPattern().isOutCapable()
          ? OutcomeWait.of(Duration.ZERO) // taken out while it had this message
          : OutcomeWait.NO_REPLY;
    }
    boolean outcome = trigger.reply() == Trigger.ReplyMode.OUTCOME;
    supervisor.countAccepted(trigger.name());
    if (!exchange.getPattern().isOutCapable()) {
      return OutcomeWait.NO_REPLY;
    }
    if (outcome && message.replyTo() != null) {
      pendingReplies.register(trigger.name(), run.id(), message.replyTo());
      return OutcomeWait.NO_REPLY;
    }
    Duration wait = outcome ? trigger.replyTimeout() : Duration.ZERO;
    return trigger.scheme().equals("servlet") ? api.limited(wait) : OutcomeWait.of(wait);
  }

  /** The outcome, where the trigger replies with that, else the run; null: no reply now. */
  public RestResponse reply(
      @Body PendingOutcome pending,
      @Variable("backup-outcome-wait") OutcomeWait wait,
      @Variable("backup-inbound-message") InboundMessage message) {
    if (wait == OutcomeWait.NO_REPLY) {
      return null;
    }
    Trigger trigger = triggers.get(message.trigger());
    return trigger != null && trigger.reply() == Trigger.ReplyMode.OUTCOME
        ? api.reply(pending)
        : RestResponse.json(202, runs.view(pending.run().id()).orElse(null));
  }

  /**
   * Writes the reply, or, without one, keeps the consumer from making its own. Throws {@link
   * RejectedFileException} for a rejected file: that is how its consumer learns of it.
   */
  public void setReply(
      @Body Object result, @Variable("backup-reply") RestResponse reply, Exchange exchange) {
    if (result instanceof Rejection rejection) {
      supervisor.countRejected(rejection.message().trigger());
      write(exchange, ProblemDetail.MEDIA_TYPE, rejection.problem());
      if (exchange.getFromEndpoint() instanceof GenericFileEndpoint) {
        throw new RejectedFileException(rejection.reason());
      }
    } else if (reply == null) {
      exchange.setPattern(ExchangePattern.InOnly);
    } else {
      write(exchange, reply.mediaType(), reply.body());
    }
  }

  private void write(Exchange exchange, String mediaType, Object body) {
    try {
      exchange.getMessage().setBody(json.writeValueAsString(body));
      exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, mediaType);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("runs and problems are always JSON", e);
    }
  }
}
