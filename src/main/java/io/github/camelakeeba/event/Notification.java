package io.github.camelakeeba.event;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.github.camelakeeba.Internal;
import java.time.Instant;

/**
 * What a channel is sent, as a CloudEvent 1.0: an event, a digest, a report, or a notice about a
 * channel.
 */
@JsonPropertyOrder({
  "specversion",
  "id",
  "source",
  "type",
  "subject",
  "time",
  "datacontenttype",
  "traceparent",
  "data"
})
@Internal
public sealed interface Notification permits Event, Digest, ParkedNotice, Report {
  String SPECVERSION = "1.0";

  String JSON = "application/json";

  String specversion();

  /** Unique, stable across redelivery. */
  String id();

  /** What it is about: {@code <backup.source>/sites/<name>} or {@code …/channels/<name>}. */
  String source();

  String type();

  String subject();

  Instant time();

  String datacontenttype();

  Object data();
}
