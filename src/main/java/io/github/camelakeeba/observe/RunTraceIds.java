package io.github.camelakeeba.observe;

import io.github.camelakeeba.event.TraceParent;
import io.github.camelakeeba.run.Run;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.trace.IdGenerator;

/** The ids of traces. Those of a run are always the same: {@link TraceParent}. */
final class RunTraceIds implements IdGenerator {
  private final IdGenerator random = IdGenerator.random();
  private final ThreadLocal<SpanContext> given = new ThreadLocal<>();

  /** The span of the whole run. */
  SpanContext of(Run run) {
    return of(TraceParent.of(run.id(), run.queuedAt()));
  }

  /** The same as an event names it. */
  SpanContext of(TraceParent parent) {
    return SpanContext.createFromRemoteParent(
        parent.traceId(), parent.spanId(), TraceFlags.getSampled(), TraceState.getDefault());
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
