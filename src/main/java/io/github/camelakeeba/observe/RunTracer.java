package io.github.camelakeeba.observe;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.TraceParent;
import io.github.camelakeeba.outbox.Delivery;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunSuspendedException;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * One trace a run, with its phases and the deliveries of its events. No attribute holds a text of a
 * server, an address or the message of an exception.
 */
final class RunTracer implements TraceListener {
  private static final Map<String, String> SPAN_NAMES =
      Map.of(
          "backup-preflight", "look",
          "backup-start", "start",
          "backup-step", "step",
          "backup-recover-start", "recover start",
          "backup-recover-step", "recover step",
          "backup-verify", "verify");

  private final Tracer tracer;
  private final RunTraceIds ids;
  private final Map<String, Channel> channels;
  private final Runnable close;
  private final Clock clock;

  RunTracer(
      Tracer tracer, RunTraceIds ids, Map<String, Channel> channels, Runnable close, Clock clock) {
    this.channels = channels;
    this.tracer = tracer;
    this.ids = ids;
    this.close = close;
    this.clock = clock;
  }

  @Override
  public void ended(Run run) {
    Attributes attributes =
        attributes(run)
            .put("backup.state", run.state().word())
            .put("backup.trigger", run.request().trigger())
            .put("backup.steps", run.backup().steps())
            .put("backup.attempts", run.attempts())
            .put("backup.recoveries", run.recoveries())
            .put("backup.warnings", run.warnings().count())
            .build();
    Span span =
        ids.start(tracer.spanBuilder("backup").setStartTimestamp(run.startedAt()), parent(run));
    span.setAllAttributes(attributes);
    if (run.failure() != null) {
      span.setStatus(StatusCode.ERROR).setAttribute("error.type", run.failure().kind().word());
    }
    span.end(run.endedAt());
  }

  @Override
  public void routeCompleted(Exchange exchange, String route, Duration took) {
    if (SPAN_NAMES.containsKey(route)) {
      phase(exchange, SPAN_NAMES.get(route), took);
    } else if (route.startsWith("backup-notify-")) {
      delivery(exchange, took);
    }
  }

  private void phase(Exchange exchange, String name, Duration took) {
    Run claimed = exchange.getVariable("backup-run", Run.class);
    if (claimed == null) {
      return; // somebody else's use of the route
    }
    Run run = exchange.getMessage().getBody() instanceof Run latest ? latest : claimed;
    AttributesBuilder attributes = attributes(run);
    if (name.equals("step")) {
      attributes
          .put("backup.step", run.backup().stepNumber())
          .put("backup.domain", run.backup().domain());
    }
    child(exchange, name, parent(claimed), attributes.build(), took);
  }

  /** A message of several events, and one that is about no run, belongs to no run's trace. */
  private void delivery(Exchange exchange, Duration took) {
    Delivery delivery = exchange.getVariable("backup-delivery", Delivery.class);
    if (delivery == null || !(delivery.message() instanceof Event event)) {
      return;
    }
    TraceParent run = TraceParent.parse(event.traceparent());
    if (run != null) {
      Attributes attributes =
          Attributes.builder()
              .put("backup.site", event.data().site())
              .put("backup.run", event.data().run())
              .put("backup.state", event.data().state())
              .put("backup.channel", delivery.channel())
              .put("backup.channel.type", type(delivery.channel()))
              .put("backup.delivery.attempt", delivery.attempts() + 1)
              .build();
      child(exchange, "deliver", ids.of(run), attributes, took);
    }
  }

  private String type(String channel) {
    Channel known = channels.get(channel);
    return known == null ? "removed" : known.type();
  }

  private void child(
      Exchange exchange, String name, SpanContext run, Attributes attributes, Duration took) {
    Instant now = clock.instant();
    Span span =
        tracer
            .spanBuilder(name)
            .setParent(Context.root().with(Span.wrap(run)))
            .setStartTimestamp(now.minus(took))
            .startSpan();
    span.setAllAttributes(attributes);
    Exception thrown = exchange.getException();
    if (thrown != null) {
      span.setAttribute("error.type", kind(thrown));
      if (!(thrown instanceof RunSuspendedException)) {
        span.setStatus(StatusCode.ERROR);
      }
    }
    span.end(now);
  }

  private static AttributesBuilder attributes(Run run) {
    AttributesBuilder attributes =
        Attributes.builder()
            .put("backup.site", run.site())
            .put("backup.run", run.id())
            .put("backup.profile", run.request().profile());
    if (run.backup().backupid() != null) {
      attributes.put("backup.backupid", run.backup().backupid());
    }
    return attributes;
  }

  private SpanContext parent(Run run) {
    return ids.of(TraceParent.of(run.id(), run.queuedAt()));
  }

  /** Never its message: that may carry an address. */
  private static String kind(Exception thrown) {
    return thrown instanceof AkeebaException akeeba
        ? akeeba.kind().word()
        : thrown.getClass().getSimpleName();
  }

  @Override
  public void close() {
    close.run();
  }
}
