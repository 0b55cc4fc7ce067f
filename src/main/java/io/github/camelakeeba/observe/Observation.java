package io.github.camelakeeba.observe;

import io.github.camelakeeba.notify.Deliveries;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.run.StoreWatch;
import io.github.camelakeeba.site.Channel;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.service.ServiceSupport;

/** Metrics, and traces where they are wanted: hears what happens, and stops with Camel. */
public final class Observation extends ServiceSupport {
  /** Held here, since a logger that nobody holds forgets its level. */
  private static final Logger EXPORTERS = Logger.getLogger("io.opentelemetry.exporter");

  private final Metrics metrics;
  private final TraceListener traces;

  /** Of these channels; the watch knows how the store is. */
  public Observation(
      Observing wanted, Map<String, Channel> channels, StoreWatch watch, Clock clock) {
    metrics = new Metrics(channels.keySet(), watch, clock);
    // only then a class of OpenTelemetry is loaded
    traces = wanted.traces() ? TraceExport.start(wanted.traceEndpoint(), channels, clock) : null;
  }

  /**
   * The exporters of this process log nothing: what they would say each time is told once. Not for
   * a host, whose own traces they may send, too.
   */
  public static void quietExporters() {
    EXPORTERS.setLevel(Level.OFF);
  }

  /** Joins this context. */
  public void bind(CamelContext context, List<Readings> readings) {
    metrics.read(readings);
    context.getRegistry().bind("backup-metrics", metrics);
    RouteTimes times =
        new RouteTimes(
            traces == null ? List.of(metrics.routes()) : List.of(metrics.routes(), traces));
    // not at once: until it starts the context may be given another strategy
    context.addLifecycleStrategy(
        new LifecycleStrategySupport() {
          @Override
          public void onContextStarting(CamelContext starting) {
            starting.getManagementStrategy().addEventNotifier(times);
          }
        });
    try {
      context.addService(this);
    } catch (Exception e) {
      throw new IllegalStateException("metrics and traces can't stop with Camel", e);
    }
  }

  /** Is told of each delivery. */
  public Deliveries deliveries() {
    return metrics;
  }

  /** Is told of requests and runs. */
  public RunListener runs() {
    return traces == null ? metrics.runs() : new Both(metrics.runs(), traces);
  }

  @Override
  protected void doStop() {
    metrics.close();
    if (traces != null) {
      traces.close();
    }
  }

  private record Both(RunListener first, RunListener second) implements RunListener {
    @Override
    public void accepted(String trigger, boolean made) {
      first.accepted(trigger, made);
      second.accepted(trigger, made);
    }

    @Override
    public void refused(String trigger) {
      first.refused(trigger);
      second.refused(trigger);
    }

    @Override
    public void claimed(Run run) {
      first.claimed(run);
      second.claimed(run);
    }

    @Override
    public void ended(Run run) {
      first.ended(run);
      second.ended(run);
    }
  }
}
