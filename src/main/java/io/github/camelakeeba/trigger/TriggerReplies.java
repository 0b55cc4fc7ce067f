package io.github.camelakeeba.trigger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.problem.ProblemDetail;
import io.github.camelakeeba.rest.BackupResource;
import io.github.camelakeeba.rest.RestResponse;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.run.store.RunQueries;
import io.github.camelakeeba.trigger.message.InboundMessage;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Variable;
import org.apache.camel.component.file.GenericFileEndpoint;

/** The bean {@code backup-trigger-replies}: what a sender who asks for a reply is told. */
public final class TriggerReplies {
  private static final RestResponse NONE = new RestResponse(202, null, null, null, null);

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
   * The request has become this run, or was one already. The reply is whole at once, or pending
   * where the sender holds a connection open; a sender beyond a broker is told later.
   */
  public RestResponse replyAccepted(
      @Body Run run,
      @Variable("backup-inbound-message") InboundMessage arrival,
      Exchange exchange) {
    Trigger trigger = configured.get(arrival.trigger());
    boolean outcome = trigger.reply() == Trigger.ReplyMode.OUTCOME;
    triggers.countAccepted(trigger.name());
    if (!exchange.getPattern().isOutCapable()) {
      return NONE;
    }
    if (outcome && arrival.replyTo() != null) {
      pendingReplies.register(trigger.name(), run.id(), arrival.replyTo());
      return NONE;
    }
    return outcome ? api.acceptedWithoutThread(run, trigger.replyTimeout()) : runReply(runs, run);
  }

  /** The run as it stands. */
  static RestResponse runReply(RunQueries runs, Run run) {
    RunView view = RunView.of(run, runs.outcome(run.id()).orElse(null));
    return new RestResponse(202, "application/json", view, run.id(), null);
  }

  /** Tells who waits, if there is something to tell now. */
  public void setReply(@Variable("backup-reply") RestResponse reply, Exchange exchange) {
    if (reply.mediaType() != null) {
      reply(exchange, reply.mediaType(), reply.body());
    }
  }

  /** A sender who is told later gets no answer of the consumer's own now. */
  public void suppressImmediateReply(
      @Variable("backup-reply") RestResponse reply, Exchange exchange) {
    if (reply != null && reply.mediaType() == null) {
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
