package io.github.camelakeeba.observe;

import io.github.camelakeeba.trigger.TriggerSupervisor;
import io.github.camelakeeba.trigger.TriggerSupervisor.TriggerStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** What each trigger has accepted, and whether it consumes; also while the store is away. */
public final class TriggerMetrics implements ScrapedMetrics {
  private final TriggerSupervisor triggers;

  public TriggerMetrics(TriggerSupervisor triggers) {
    this.triggers = triggers;
  }

  @Override
  public void register(MeterRegistry registry) {
    for (String name : triggers.names()) {
      counter(registry, name, "accepted", TriggerStatus::accepted);
      counter(registry, name, "refused", TriggerStatus::rejected);
      Gauge.builder(
              "backup.trigger.failing", () -> triggers.status(name).failingSince() != null ? 1 : 0)
          .description("1: the trigger consumes nothing, such as while its broker is away")
          .tag("trigger", name)
          .register(registry);
    }
  }

  private void counter(
      MeterRegistry registry, String name, String result, ToDoubleFunction<TriggerStatus> count) {
    FunctionCounter.builder(
            "backup.trigger.messages", triggers, all -> count.applyAsDouble(all.status(name)))
        .description("Messages of a trigger since the start of this process, by their result")
        .tag("trigger", name)
        .tag("result", result)
        .register(registry);
  }

  @Override
  public void refresh() {}
}
