package io.github.camelakeeba.observe;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.outbox.DeliveryListener;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.store.StoreAvailability;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.service.ServiceSupport;
import org.springframework.util.ClassUtils;

/** Metrics where Micrometer is there, and traces where they are configured; stops with Camel. */
public final class Telemetry extends ServiceSupport {
  /** Held here, since a logger that nobody holds forgets its level. */
  private static final Logger EXPORTERS = Logger.getLogger("io.opentelemetry.exporter");

  private static final String PROMETHEUS =
      "io.micrometer.prometheusmetrics.PrometheusMeterRegistry";
  private static final String OPENTELEMETRY =
      "io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk";
  private final BackupMetrics metrics; // null: Micrometer's registry is not on the class path
  private final TraceListener traces; // null: none are configured

  /**
   * Throws {@link ConfigurationException} when traces are configured and OpenTelemetry is not on
   * the class path, or refuses its own settings.
   */
  public Telemetry(
      TelemetrySettings settings,
      Map<String, Channel> channels,
      StoreAvailability availability,
      Clock clock) {
    traces = traces(settings, channels, clock);
    // no class of Micrometer is loaded before it is known to be there
    metrics =
        isPresent(PROMETHEUS) ? new BackupMetrics(channels.keySet(), availability, clock) : null;
  }

  /** Throws as the constructor does; keeps nothing. */
  public static void check(TelemetrySettings settings, Map<String, Channel> channels) {
    TraceListener started = traces(settings, channels, Clock.systemUTC());
    if (started != null) {
      started.close();
    }
  }

  private static TraceListener traces(
      TelemetrySettings settings, Map<String, Channel> channels, Clock clock) {
    if (!settings.traces()) {
      return null;
    }
    if (!isPresent(OPENTELEMETRY)) {
      throw new ConfigurationException(
          "config/application.properties: backup.traces: OpenTelemetry is not there; set it to"
              + " false, or put the jars io.opentelemetry:opentelemetry-sdk-extension-autoconfigure,"
              + " opentelemetry-exporter-otlp and opentelemetry-exporter-sender-jdk into lib/");
    }
    return TracingSetup.start(settings.traceEndpoint(), channels, clock);
  }

  private static boolean isPresent(String name) {
    return ClassUtils.isPresent(name, Telemetry.class.getClassLoader());
  }

  /** {@link LogOnceSpanExporter} logs instead. Not for a host, whose traces they may send, too. */
  public static void quietExporters() {
    EXPORTERS.setLevel(Level.OFF);
  }

  /** Joins this context; the scraped metrics are made where Micrometer is there. */
  public void bind(CamelContext context, Supplier<List<ScrapedMetrics>> scraped) {
    List<RouteTimingNotifier.Listener> listeners = new ArrayList<>();
    if (metrics != null) {
      metrics.addScraped(scraped.get());
      context.getRegistry().bind("backup-metrics", metrics);
      listeners.add(metrics.runListener());
    }
    if (traces != null) {
      listeners.add(traces);
    }
    RouteTimingNotifier times = new RouteTimingNotifier(listeners);
    // not at once: until it starts the context may be given another strategy
    context.addLifecycleStrategy(
        new LifecycleStrategySupport() {
          @Override
          public void onContextStarting(CamelContext starting) {
            if (!listeners.isEmpty()) {
              starting.getManagementStrategy().addEventNotifier(times);
            }
          }
        });
    try {
      context.addService(this);
    } catch (Exception e) {
      throw new IllegalStateException("metrics and traces can't stop with Camel", e);
    }
  }

  /** Counts the deliveries to these channels from 0 where they are new. */
  public void count(Collection<String> channels) {
    if (metrics != null) {
      metrics.count(channels);
    }
  }

  public DeliveryListener deliveryListener() {
    return metrics == null ? (channel, delivered) -> {} : metrics;
  }

  public RunListener runListener() {
    RunListener counting = metrics == null ? RunListener.NONE : metrics.runListener();
    return traces == null ? counting : new RunListener.All(List.of(counting, traces));
  }

  @Override
  protected void doStop() {
    if (metrics != null) {
      metrics.close();
    }
    if (traces != null) {
      traces.close();
    }
  }
}
