package io.github.camelakeeba.observe;

import io.github.camelakeeba.trigger.TriggerSupervisor;
import io.github.camelakeeba.trigger.TriggerSupervisor.TriggerStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What each trigger has accepted, and whether it consumes; also while the store is away. */
public final class TriggerMetrics implements ScrapedMetrics {
  private final TriggerSupervisor triggers;
  private final Map<String, List<Meter>> meters = new HashMap<>();
  private MeterRegistry registry;

  public TriggerMetrics(TriggerSupervisor triggers) {
    this.triggers = triggers;
  }

  @Override
  public void register(MeterRegistry registry) {
    this.registry = registry;
    refresh();
  }

  /** Of the triggers that there are now: a reload may have taken some out, or brought some. */
  @Override
  public void refresh() {
    List<String> names = triggers.names();
    meters.entrySet().removeIf(one -> !names.contains(one.getKey()) && removed(one.getValue()));
    for (String name : names) {
      meters.computeIfAbsent(name, this::registered);
    }
  }

  private boolean removed(List<Meter> gone) {
    gone.forEach(registry::remove);
    return true;
  }

  private List<Meter> registered(String name) {
    return List.of(
        counter(name, "accepted", TriggerStatus::accepted),
        counter(name, "refused", TriggerStatus::rejected),
        Gauge.builder("backup.trigger.failing", () -> failing(triggers.status(name)))
            .description("1: the trigger consumes nothing, such as while its broker is away")
            .tag("trigger", name)
            .register(registry));
  }

  private static int failing(TriggerStatus status) {
    return status != null && status.failingSince() != null ? 1 : 0;
  }

  private Meter counter(String name, String result, ToDoubleFunction<TriggerStatus> count) {
    return FunctionCounter.builder(
            "backup.trigger.messages", triggers, all -> count(all.status(name), count))
        .description("Messages of a trigger since the start of this process, by their result")
        .tag("trigger", name)
        .tag("result", result)
        .register(registry);
  }

  private static double count(TriggerStatus status, ToDoubleFunction<TriggerStatus> count) {
    return status == null ? 0 : count.applyAsDouble(status);
  }
}
