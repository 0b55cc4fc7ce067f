package io.github.camelakeeba.notify;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Several events in one message, as a CloudEvent; its id follows from the first of them. */
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
public record Digest(
    String specversion,
    String id,
    String source,
    String type,
    String subject,
    Instant time,
    String datacontenttype,
    Data data)
    implements Message {

  /** The type word of a digest. */
  public static final String TYPE = "io.github.camelakeeba.backup.digest.v1";

  /**
   * What is in it.
   *
   * @param channel whom it is for
   * @param reason why they come together: {@code digest} as a rule asks, {@code gathered} since
   *     many came at once, {@code quiet} since they waited for the end of quiet hours
   * @param from when the first happened
   * @param until when the last happened
   * @param counts how many there are of each state, in the order of the state words
   * @param events in the order in which they happened
   */
  public record Data(
      String channel,
      String reason,
      Instant from,
      Instant until,
      Map<String, Integer> counts,
      List<Entry> events) {}

  /**
   * One of the events, in short: the names are those of {@link Event.Data}.
   *
   * @param id of the event
   * @param time when it happened
   * @param warnings how many
   * @param error null unless failed; the message is cut after 300 characters
   */
  public record Entry(
      String id,
      Instant time,
      String site,
      String state,
      String run,
      String archive,
      long size,
      Long durationMs,
      int warnings,
      Event.Error error,
      Instant lastGoodAt,
      Long gapMs,
      int failures,
      boolean reminder) {}
}
