package io.github.camelakeeba.notify;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.List;

/**
 * A CloudEvents 1.0 event in structured JSON: how a backup stands or ended.
 *
 * @param id unique, stable across redelivery
 * @param source {@code /sites/<name>}
 * @param type {@code io.github.camelakeeba.backup.<state>.v1}
 * @param subject the run's id; for {@code missed} and {@code recovered} the site's name
 * @param time when it happened
 */
@JsonPropertyOrder({
  "specversion",
  "id",
  "source",
  "type",
  "subject",
  "time",
  "datacontenttype",
  "data"
})
public record Event(
    String specversion,
    String id,
    String source,
    String type,
    String subject,
    Instant time,
    String datacontenttype,
    Data data) {

  /** The media type of the event as JSON. */
  public static final String MEDIA_TYPE = "application/cloudevents+json";

  /**
   * The event's own members. Instants are ISO 8601 in UTC, sizes are bytes, durations milliseconds.
   * What is not known is null.
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Data(
      String site,
      String url,
      String state,
      String run,
      String trigger,
      int profile,
      String description,
      String backupid,
      Long recordId,
      String archive,
      int parts,
      long size,
      Instant startedAt,
      Instant endedAt,
      Long durationMs,
      int steps,
      int attempts,
      int recoveries,
      Warnings warnings,
      Error error,
      List<String> downloaded,
      String node) {}

  /** The count, and the first 50 texts. */
  public record Warnings(int count, List<String> texts) {}

  /** The kind is a word of the documented list; the message says what to do. */
  public record Error(String kind, String message) {}
}
