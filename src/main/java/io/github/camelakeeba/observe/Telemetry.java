package io.github.camelakeeba.observe;

import io.github.camelakeeba.outbox.DeliveryListener;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.store.StoreAvailability;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.service.ServiceSupport;

/** Metrics, and traces where they are wanted: hears what happens, and stops with Camel. */
public final class Telemetry extends ServiceSupport {
  /** Held here, since a logger that nobody holds forgets its level. */
  private static final Logger EXPORTERS = Logger.getLogger("io.opentelemetry.exporter");

  private final BackupMetrics metrics;
  private final TraceListener traces;

  /** Of these channels; the watch knows how the store is. */
  public Telemetry(
      TelemetrySettings wanted, Collection<String> channels, StoreAvailability watch, Clock clock) {
    metrics = new BackupMetrics(channels, watch, clock);
    // only then a class of OpenTelemetry is loaded
    traces = wanted.traces() ? TracingSetup.start(wanted.traceEndpoint(), clock) : null;
  }

  /**
   * The exporters of this process log nothing: what they would say each time is told once. Not for
   * a host, whose own traces they may send, too.
   */
  public static void quietExporters() {
    EXPORTERS.setLevel(Level.OFF);
  }

  /** Joins this context. */
  public void bind(CamelContext context, List<ScrapedMetrics> readings) {
    metrics.addScraped(readings);
    context.getRegistry().bind("backup-metrics", metrics);
    RouteTimingNotifier times =
        new RouteTimingNotifier(
            traces == null
                ? List.of(metrics.routeListener())
                : List.of(metrics.routeListener(), traces));
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
  public DeliveryListener deliveryListener() {
    return metrics;
  }

  /** Is told of requests and runs. */
  public RunListener runListener() {
    return traces == null
        ? metrics.runListener()
        : new CompositeRunListener(metrics.runListener(), traces);
  }

  @Override
  protected void doStop() {
    metrics.close();
    if (traces != null) {
      traces.close();
    }
  }

  private record CompositeRunListener(RunListener first, RunListener second)
      implements RunListener {
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
