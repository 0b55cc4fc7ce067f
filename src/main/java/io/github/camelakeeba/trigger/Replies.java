package io.github.camelakeeba.trigger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.run.Runs;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.apache.camel.component.file.GenericFileEndpoint;

/** The bean {@code backup-trigger-replies}: what a sender who asks for a reply is told. */
public final class Replies {
  private final Triggers triggers;
  private final Runs runs;
  private final ObjectMapper json;

  /** Counts for the triggers; the mapper writes runs and problems. */
  public Replies(Triggers triggers, Runs runs, ObjectMapper json) {
    this.triggers = triggers;
    this.runs = runs;
    this.json = json;
  }

  /** The request has become this run, or was one already. */
  public void accepted(@Body Run run, @Variable("arrival") Arrival arrival, Exchange exchange) {
    if (exchange.getPattern().isOutCapable()) {
      RunView view = RunView.of(run, runs.outcome(run.id()).orElse(null));
      reply(exchange, "application/json", view);
    }
    triggers.accepted(arrival.trigger());
  }

  /** It was refused; throws where that is how the consumer learns of it. */
  public void refused(@Variable("refusal") Refusal refusal, Exchange exchange) {
    triggers.refused(refusal.arrival().trigger());
    reply(exchange, "application/problem+json", refusal.problem());
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
