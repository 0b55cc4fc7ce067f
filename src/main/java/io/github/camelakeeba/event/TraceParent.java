package io.github.camelakeeba.event;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.secret.Sha256;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The span of a whole run. Its ids follow from the run's id and the time of its request: whichever
 * process makes a span of it, or an event, joins the same trace, and nothing has to be kept for
 * that. Its start would not do: a clock that is set moves it.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 */
@Internal
public record TraceParent(String traceId, String spanId) {
  private static final Pattern HEADER =
      Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}");

  /** Of this run. */
  public static TraceParent of(String run, Instant queuedAt) {
    String hash = Sha256.hex(run + " " + queuedAt.toEpochMilli());
    return new TraceParent(hash.substring(0, 32), hash.substring(32, 48));
  }

  /** The one that this header names, as {@link #header} writes it; null when it is none. */
  public static TraceParent parse(String header) {
    Matcher ids = HEADER.matcher(header == null ? "" : header);
    return ids.matches() ? new TraceParent(ids.group(1), ids.group(2)) : null;
  }

  /** The header of W3C Trace Context: version 00, sampled. */
  public String header() {
    return "00-" + traceId + "-" + spanId + "-01";
  }
}
