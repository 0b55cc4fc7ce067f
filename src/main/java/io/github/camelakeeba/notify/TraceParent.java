package io.github.camelakeeba.notify;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * The span of a whole run. Its ids follow from the run's id and its start: whichever process makes
 * a span of it, or an event, joins the same trace, and nothing has to be kept for that.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 */
public record TraceParent(String traceId, String spanId) {

  /** Of this run. */
  public static TraceParent of(String run, Instant startedAt) {
    try {
      String text = run + " " + startedAt.toEpochMilli();
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      String hash = HexFormat.of().formatHex(digest);
      return new TraceParent(hash.substring(0, 32), hash.substring(32, 48));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }

  /** The header of W3C Trace Context: version 00, sampled. */
  String header() {
    return "00-" + traceId + "-" + spanId + "-01";
  }
}
