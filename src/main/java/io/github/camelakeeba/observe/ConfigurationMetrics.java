package io.github.camelakeeba.observe;

import io.github.camelakeeba.reload.ReloadStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.function.Supplier;

/** Whether the last reload was taken, and whether all nodes run with the same configuration. */
public final class ConfigurationMetrics implements ScrapedMetrics {
  private final Supplier<ReloadStatus> reload;
  private final Supplier<Map<String, String>> differing;

  /**
   * Of these.
   *
   * @param differing the nodes with another configuration
   */
  public ConfigurationMetrics(
      Supplier<ReloadStatus> reload, Supplier<Map<String, String>> differing) {
    this.reload = reload;
    this.differing = differing;
  }

  @Override
  public void register(MeterRegistry registry) {
    Gauge.builder("backup.config.reload.success", () -> reload.get().successful() ? 1 : 0)
        .description("1: the last reload of the configuration was taken; 0: it was refused")
        .register(registry);
    Gauge.builder(
            "backup.config.reload.success.timestamp",
            () -> reload.get().takenAt().toEpochMilli() / 1_000.0)
        .description("When the configuration that holds was taken")
        .baseUnit("seconds")
        .register(registry);
    Gauge.builder("backup.config.differing.nodes", () -> differing.get().size())
        .description("Living nodes of this store that run with another configuration than this one")
        .register(registry);
  }

  @Override
  public void refresh() {}
}
