package io.github.camelakeeba.observe;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * The ids of traces. Those of a run follow from its id and its start: whichever process makes a
 * span of it, also after a restart, joins the same trace, and nothing has to be kept for that.
 */
final class RunIds implements IdGenerator {
  private final IdGenerator random = IdGenerator.random();
  private final ThreadLocal<SpanContext> given = new ThreadLocal<>();

  /** The span of the whole run. */
  SpanContext of(String run, Instant startedAt) {
    String hash = HexFormat.of().formatHex(sha256(run + " " + startedAt.toEpochMilli()));
    return SpanContext.createFromRemoteParent(
        hash.substring(0, 32),
        hash.substring(32, 48),
        TraceFlags.getSampled(),
        TraceState.getDefault());
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }

  /** Starts the span with these ids. */
  Span start(SpanBuilder builder, SpanContext ids) {
    given.set(ids);
    try {
      return builder.setNoParent().startSpan();
    } finally {
      given.remove();
    }
  }

  @Override
  public String generateTraceId() {
    SpanContext ids = given.get();
    return ids == null ? random.generateTraceId() : ids.getTraceId();
  }

  @Override
  public String generateSpanId() {
    SpanContext ids = given.get();
    return ids == null ? random.generateSpanId() : ids.getSpanId();
  }
}
