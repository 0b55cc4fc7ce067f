package io.github.camelakeeba.observe;

import io.github.camelakeeba.outbox.DeliveryListener;
import io.github.camelakeeba.rest.RestResponse;
import io.github.camelakeeba.store.StoreAvailability;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.Collection;
import java.util.List;

/** All metrics in Prometheus' text format. What comes from the store is read at each scrape. */
public final class BackupMetrics implements DeliveryListener, AutoCloseable {
  private static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final RunMetricsListener runListener;
  private final JvmGcMetrics collector = new JvmGcMetrics();
  private List<ScrapedMetrics> scraped = List.of();

  /** Counts deliveries to these channels from 0. */
  public BackupMetrics(Collection<String> channels, StoreAvailability availability, Clock clock) {
    runListener = new RunMetricsListener(registry, clock);
    registerProcess(availability);
    count(channels);
  }

  /** Counts deliveries to these from 0 where they are new. */
  final void count(Collection<String> channels) {
    for (String channel : channels) {
      counter(channel, true);
      counter(channel, false);
    }
  }

  private void registerProcess(StoreAvailability availability) {
    Gauge.builder("backup.build.info", () -> 1)
        .description("Always 1; its labels say what runs here")
        .tag("version", version())
        .tag("java", Runtime.version().toString())
        .register(registry);
    Gauge.builder("backup.store.up", () -> availability.downSince() == null ? 1 : 0)
        .description("1: the store takes what this process writes")
        .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    collector.bindTo(registry);
  }

  private static String version() {
    String version = BackupMetrics.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }

  public synchronized void addScraped(List<ScrapedMetrics> metrics) {
    metrics.forEach(one -> one.register(registry));
    scraped = List.copyOf(metrics);
  }

  RunMetricsListener runListener() {
    return runListener;
  }

  @Override
  public void deliveryEnded(String channel, boolean delivered) {
    counter(channel, delivered).increment();
  }

  private Counter counter(String channel, boolean delivered) {
    return Counter.builder("backup.deliveries")
        .description("Deliveries to a channel since the start of this process, by their result")
        .tag("channel", channel)
        .tag("result", delivered ? "delivered" : "failed")
        .register(registry);
  }

  /** All metrics; what can't be read now is left out. */
  public synchronized String scrape() {
    scraped.forEach(ScrapedMetrics::refresh);
    return registry.scrape(MEDIA_TYPE);
  }

  public RestResponse reply() {
    return new RestResponse(200, MEDIA_TYPE, scrape());
  }

  @Override
  public void close() {
    collector.close();
    registry.close();
  }
}
