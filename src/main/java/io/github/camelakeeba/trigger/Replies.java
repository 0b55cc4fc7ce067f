package io.github.camelakeeba.trigger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.run.Api;
import io.github.camelakeeba.run.Problem;
import io.github.camelakeeba.run.Reply;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.run.Runs;
import io.github.camelakeeba.site.Trigger;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Variable;
import org.apache.camel.component.file.GenericFileEndpoint;

/** The bean {@code backup-trigger-replies}: what a sender who asks for a reply is told. */
public final class Replies {
  private static final Reply NONE = new Reply(202, null, null, null, null);

  private final Triggers triggers;
  private final Map<String, Trigger> configured;
  private final Api api;
  private final Runs runs;
  private final OwedReplies owed;
  private final ObjectMapper json;

  /** Counts for the triggers; the mapper writes runs and problems. */
  public Replies(
      Triggers triggers,
      Map<String, Trigger> configured,
      Api api,
      Runs runs,
      OwedReplies owed,
      ObjectMapper json) {
    this.triggers = triggers;
    this.configured = configured;
    this.api = api;
    this.runs = runs;
    this.owed = owed;
    this.json = json;
  }

  /**
   * The request has become this run, or was one already. The reply is whole at once, or pending
   * where the sender holds a connection open; a sender beyond a broker is told later.
   */
  public Reply accepted(
      @Body Run run, @Variable("backup-arrival") Arrival arrival, Exchange exchange) {
    Trigger trigger = configured.get(arrival.trigger());
    boolean outcome = trigger.reply() == Trigger.Answer.OUTCOME;
    triggers.accepted(trigger.name());
    if (!exchange.getPattern().isOutCapable()) {
      return NONE;
    }
    if (outcome && arrival.replyTo() != null) {
      owed.await(trigger.name(), run.id(), arrival.replyTo());
      return NONE;
    }
    return outcome ? api.awaited(run, trigger.patience()) : shown(runs, run);
  }

  /** The run as it stands. */
  static Reply shown(Runs runs, Run run) {
    RunView view = RunView.of(run, runs.outcome(run.id()).orElse(null));
    return new Reply(202, "application/json", view, run.id(), null);
  }

  /** Tells who waits, if there is something to tell now. */
  public void tell(@Variable("backup-reply") Reply reply, Exchange exchange) {
    if (reply.mediaType() != null) {
      reply(exchange, reply.mediaType(), reply.body());
    }
  }

  /** A sender who is told later gets no answer of the consumer's own now. */
  public void later(@Variable("backup-reply") Reply reply, Exchange exchange) {
    if (reply != null && reply.mediaType() == null) {
      exchange.setPattern(ExchangePattern.InOnly);
    }
  }

  /** It was refused; throws where that is how the consumer learns of it. */
  public void refused(@Variable("backup-refusal") Refusal refusal, Exchange exchange) {
    triggers.refused(refusal.arrival().trigger());
    reply(exchange, Problem.MEDIA_TYPE, refusal.problem());
    if (exchange.getFromEndpoint() instanceof GenericFileEndpoint) {
      throw new RefusedFileException(refusal.reason());
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
