package io.github.camelakeeba.trigger;

import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.trigger.message.ReplyTo;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The outcome of a run, a CloudEvent as JSON, for a sender; {@code attempts} before this one. */
public record PendingReply(
    String id,
    String run,
    ReplyTo replyTo,
    Secret uri,
    String outcome,
    Instant endedAt,
    int attempts) {

  /** The URI in clear, for the call itself only. */
  public String address() {
    return uri.reveal();
  }

  Map<String, Object> headers() {
    Map<String, Object> headers = new LinkedHashMap<>();
    headers.put("CamelJmsDestinationName", replyTo.name());
    headers.put("Content-Type", "application/cloudevents+json; charset=UTF-8");
    if (replyTo.correlation() != null) {
      headers.put("JMSCorrelationID", replyTo.correlation());
    }
    return headers;
  }

  /** For logs: neither the broker's address nor what is sent. */
  @Override
  public String toString() {
    return "reply to %s of %s".formatted(replyTo.destination(), run);
  }
}
