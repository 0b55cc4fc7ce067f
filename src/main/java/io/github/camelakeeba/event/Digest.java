package io.github.camelakeeba.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.camelakeeba.Internal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Several events in one message, as a CloudEvent; its id follows from the first of them. */
@Internal
public record Digest(
    String specversion,
    String id,
    String source,
    String type,
    String subject,
    Instant time,
    String datacontenttype,
    Data data)
    implements Notification {
  static final String TYPE = "io.github.camelakeeba.backup.digest.v1";

  /** The worst first. */
  public static final List<String> STATES_BY_SEVERITY =
      List.of(
          "failed",
          "missed",
          "unproved",
          "warning",
          "untested",
          "recovered",
          "completed",
          "proved",
          "started");

  /**
   * @param reason why they come together: {@code digest} as a rule asks, {@code gathered} since
   *     many came at once, {@code quiet} since they waited for the end of quiet hours
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
   * One event, named as in {@link Event.Data}; the error's message, and the reason, are cut after
   * 300 characters.
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
      boolean reminder,
      @JsonInclude(JsonInclude.Include.NON_NULL) String server,
      @JsonInclude(JsonInclude.Include.NON_NULL) Integer tables,
      @JsonInclude(JsonInclude.Include.NON_NULL) Long rows,
      @JsonInclude(JsonInclude.Include.NON_NULL) String reason) {}

  public static Digest of(
      EventSource source, String id, String channel, String reason, List<Entry> entries) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    STATES_BY_SEVERITY.forEach(state -> counts.put(state, 0));
    entries.forEach(entry -> counts.merge(entry.state(), 1, Integer::sum));
    counts.values().removeIf(count -> count == 0);
    Instant from = entries.stream().map(Entry::time).min(Instant::compareTo).orElseThrow();
    Instant until = entries.stream().map(Entry::time).max(Instant::compareTo).orElseThrow();
    return new Digest(
        SPECVERSION,
        id,
        source.ofChannel(channel),
        TYPE,
        channel,
        until,
        JSON,
        new Data(channel, reason, from, until, counts, entries));
  }
}
