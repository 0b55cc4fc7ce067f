package io.github.camelakeeba.observe;

import io.github.camelakeeba.trigger.Triggers;
import io.github.camelakeeba.trigger.Triggers.View;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** What each trigger has taken, and whether it consumes; also while the store is away. */
public final class TriggerReadings implements Readings {
  private final Triggers triggers;

  private TriggerReadings(Triggers triggers) {
    this.triggers = triggers;
  }

  /** The readings of these triggers, which do not change while this process runs. */
  public static Readings of(Triggers triggers) {
    return new TriggerReadings(triggers);
  }

  @Override
  public void register(MeterRegistry registry) {
    for (String name : triggers.names()) {
      counter(registry, name, "accepted", View::accepted);
      counter(registry, name, "refused", View::refused);
      Gauge.builder(
              "backup.trigger.failing",
              triggers,
              all -> all.view(name).failingSince() == null ? 0 : 1)
          .description("1: the trigger consumes nothing, such as while its broker is away")
          .tag("trigger", name)
          .register(registry);
    }
  }

  private void counter(
      MeterRegistry registry, String name, String result, ToDoubleFunction<View> count) {
    FunctionCounter.builder(
            "backup.trigger.messages", triggers, all -> count.applyAsDouble(all.view(name)))
        .description("Messages of a trigger since the start of this process, by their result")
        .tag("trigger", name)
        .tag("result", result)
        .register(registry);
  }

  /** They are asked when they are shown. */
  @Override
  public void refresh() {}
}
