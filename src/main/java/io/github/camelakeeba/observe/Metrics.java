package io.github.camelakeeba.observe;

import io.github.camelakeeba.notify.Deliveries;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.run.StoreWatch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.Collection;
import java.util.List;

/**
 * The bean {@code metrics}: everything that is counted or measured, in Prometheus' text format.
 * What is read from the store is read when somebody asks.
 */
public final class Metrics implements Deliveries, AutoCloseable {
  /** As the route says in its answer. */
  private static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final RunMeters runs;
  private final ProcessMeters process;
  private List<Readings> readings = List.of();

  /** Counts deliveries to these channels from 0; the watch knows how the store is. */
  public Metrics(Collection<String> channels, StoreWatch watch, Clock clock) {
    runs = new RunMeters(registry, clock);
    process = new ProcessMeters(registry, watch);
    for (String channel : channels) {
      counter(channel, true);
      counter(channel, false);
    }
  }

  /** From now on these are read at each scrape. */
  public synchronized void read(List<Readings> from) {
    from.forEach(one -> one.register(registry));
    readings = List.copyOf(from);
  }

  /** Is told of requests and runs. */
  public RunListener runs() {
    return runs;
  }

  /** Is told how long routes take. */
  RouteListener routes() {
    return runs;
  }

  @Override
  public void ended(String channel, boolean delivered) {
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
    readings.forEach(Readings::refresh);
    return registry.scrape(MEDIA_TYPE);
  }

  @Override
  public void close() {
    process.close();
    registry.close();
  }
}
