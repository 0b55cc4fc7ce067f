package io.github.camelakeeba.event;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.secret.Sha256;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The span of a whole run. Its ids follow from the run's id and the time of its request (a start
 * moves with the clock), so that each process joins the same trace and nothing has to be kept.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 */
@Internal
public record TraceParent(String traceId, String spanId) {
  private static final Pattern HEADER =
      Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}");

  public static TraceParent of(String run, Instant queuedAt) {
    String hash = Sha256.hex(run + " " + queuedAt.toEpochMilli());
    return new TraceParent(hash.substring(0, 32), hash.substring(32, 48));
  }

  /** Null when the header is none that {@link #header} writes. */
  public static TraceParent parse(String header) {
    Matcher ids = HEADER.matcher(header == null ? "" : header);
    return ids.matches() ? new TraceParent(ids.group(1), ids.group(2)) : null;
  }

  /** The header of W3C Trace Context: version 00, sampled. */
  public String header() {
    return "00-" + traceId + "-" + spanId + "-01";
  }
}
