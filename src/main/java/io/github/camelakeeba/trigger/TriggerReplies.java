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

/** What a sender who asks for a reply is told. */
public final class TriggerReplies {
  private final TriggerSupervisor triggers;
  private final Map<String, Trigger> configured;
  private final BackupResource api;
  private final RunQueries runs;
  private final PendingReplies pendingReplies;
  private final ObjectMapper json;

  /** Counts for the triggers; the mapper writes runs and problems. */
  public TriggerReplies(
      TriggerSupervisor triggers,
      Map<String, Trigger> configured,
      BackupResource api,
      RunQueries runs,
      PendingReplies owed,
      ObjectMapper json) {
    this.triggers = triggers;
    this.configured = configured;
    this.api = api;
    this.runs = runs;
    this.pendingReplies = owed;
    this.json = json;
  }

  /**
   * The request has become this run, or was one already: how long its outcome is waited for. A
   * sender beyond a broker is promised a reply, and told later.
   */
  public OutcomeWait accept(
      @Body Run run,
      @Variable("backup-inbound-message") InboundMessage arrival,
      Exchange exchange) {
    Trigger trigger = configured.get(arrival.trigger());
    boolean outcome = trigger.reply() == Trigger.ReplyMode.OUTCOME;
    triggers.countAccepted(trigger.name());
    if (!exchange.getPattern().isOutCapable()) {
      return OutcomeWait.NO_REPLY;
    }
    if (outcome && arrival.replyTo() != null) {
      pendingReplies.register(trigger.name(), run.id(), arrival.replyTo());
      return OutcomeWait.NO_REPLY;
    }
    return OutcomeWait.of(outcome ? trigger.replyTimeout() : Duration.ZERO);
  }

  /** Tells who waits, if there is something to tell now: the outcome, or the run. */
  public void setReply(
      @Body PendingOutcome pending,
      @Variable("backup-outcome-wait") OutcomeWait wait,
      @Variable("backup-inbound-message") InboundMessage arrival,
      Exchange exchange) {
    if (wait != OutcomeWait.NO_REPLY) {
      RestResponse reply = reply(api, runs, configured.get(arrival.trigger()), pending);
      reply(exchange, reply.mediaType(), reply.body());
    }
  }

  /** The outcome, where the trigger replies with that; else the run as it stands. */
  static RestResponse reply(
      BackupResource api, RunQueries runs, Trigger trigger, PendingOutcome pending) {
    return trigger.reply() == Trigger.ReplyMode.OUTCOME
        ? api.reply(pending)
        : RestResponse.json(202, runs.view(pending.run().id()).orElse(null));
  }

  /** A sender who is told later gets no answer of the consumer's own now. */
  public void suppressImmediateReply(
      @Variable("backup-outcome-wait") OutcomeWait wait, Exchange exchange) {
    if (wait == OutcomeWait.NO_REPLY) {
      exchange.setPattern(ExchangePattern.InOnly);
    }
  }

  /** It was refused; throws where that is how the consumer learns of it. */
  public void replyRejected(@Variable("backup-rejection") Rejection refusal, Exchange exchange) {
    triggers.countRejected(refusal.message().trigger());
    reply(exchange, ProblemDetail.MEDIA_TYPE, refusal.problem());
    if (exchange.getFromEndpoint() instanceof GenericFileEndpoint) {
      throw new RejectedFileException(refusal.reason());
    }
  }

  private void reply(Exchange exchange, String mediaType, Object body) {
    try {
      exchange.getMessage().setBody(json.writeValueAsString(body));
      exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, mediaType);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("runs and problems are always JSON", e);
    }
  }
}
