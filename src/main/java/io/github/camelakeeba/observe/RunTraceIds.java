package io.github.camelakeeba.observe;

import io.github.camelakeeba.event.TraceParent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.trace.IdGenerator;

/** The ids of traces. Those of a run are always the same: {@link TraceParent}. */
final class RunTraceIds implements IdGenerator {
  private final IdGenerator random = IdGenerator.random();
  private final ThreadLocal<SpanContext> current = new ThreadLocal<>();

  SpanContext of(TraceParent parent) {
    return SpanContext.createFromRemoteParent(
        parent.traceId(), parent.spanId(), TraceFlags.getSampled(), TraceState.getDefault());
  }

  Span start(SpanBuilder builder, SpanContext ids) {
    current.set(ids);
    try {
      return builder.setNoParent().startSpan();
    } finally {
      current.remove();
    }
  }

  @Override
  public String generateTraceId() {
    SpanContext ids = current.get();
    return ids == null ? random.generateTraceId() : ids.getTraceId();
  }

  @Override
  public String generateSpanId() {
    SpanContext ids = current.get();
    return ids == null ? random.generateSpanId() : ids.getSpanId();
  }
}
