package io.github.camelakeeba.observe;

import io.github.camelakeeba.outbox.DeliveryListener;
import io.github.camelakeeba.rest.RestResponse;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.store.StoreAvailability;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.Collection;
import java.util.List;

/**
 * Everything that is counted or measured, in Prometheus' text format. What is read from the store
 * is read when somebody asks.
 */
public final class BackupMetrics implements DeliveryListener, AutoCloseable {
  private static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final RunMetricsListener runListener;
  private final ProcessMetrics process;
  private List<ScrapedMetrics> scraped = List.of();

  /** Counts deliveries to these channels from 0; the watch knows how the store is. */
  public BackupMetrics(Collection<String> channels, StoreAvailability watch, Clock clock) {
    runListener = new RunMetricsListener(registry, clock);
    process = new ProcessMetrics(registry, watch);
    for (String channel : channels) {
      counter(channel, true);
      counter(channel, false);
    }
  }

  /** From now on these are read at each scrape. */
  public synchronized void addScraped(List<ScrapedMetrics> from) {
    from.forEach(one -> one.register(registry));
    scraped = List.copyOf(from);
  }

  /** Is told of requests and runs. */
  public RunListener runListener() {
    return runListener;
  }

  /** Is told how long routes take. */
  RouteTimingListener routeListener() {
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

  /** The same as the response of the HTTP API. */
  public RestResponse reply() {
    return new RestResponse(200, MEDIA_TYPE, scrape());
  }

  @Override
  public void close() {
    process.close();
    registry.close();
  }
}
