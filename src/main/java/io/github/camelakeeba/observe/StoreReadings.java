package io.github.camelakeeba.observe;

import io.github.camelakeeba.run.StoreTrouble;
import io.github.camelakeeba.run.StoreWatch;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Gauges that one look into the store fills; while the store is away they are left out. */
final class StoreReadings implements Readings {
  private final StoreWatch watch;
  private final Consumer<StoreReadings> look;
  private final Map<String, MultiGauge.Builder> builders = new LinkedHashMap<>();
  private final Map<String, MultiGauge> gauges = new LinkedHashMap<>();
  private final Map<String, List<Row<Number>>> rows = new LinkedHashMap<>();

  /** The look calls {@link #set} for each measurement. */
  StoreReadings(StoreWatch watch, Consumer<StoreReadings> look) {
    this.watch = watch;
    this.look = look;
  }

  /** With this gauge; the unit is null where it counts things. */
  StoreReadings gauge(String name, String unit, String description) {
    builders.put(name, MultiGauge.builder(name).baseUnit(unit).description(description));
    return this;
  }

  /** What the gauge shows now. */
  void set(String gauge, Tags tags, double value) {
    rows.get(gauge).add(Row.of(tags, value));
  }

  @Override
  public void register(MeterRegistry registry) {
    builders.forEach((name, builder) -> gauges.put(name, builder.register(registry)));
  }

  @Override
  public void refresh() {
    clear();
    if (watch.downSince() == null) {
      try {
        look.accept(this);
      } catch (RuntimeException e) {
        if (!StoreTrouble.is(e)) {
          throw e;
        }
        clear();
      }
    }
    gauges.forEach((name, gauge) -> gauge.register(rows.get(name), true));
  }

  private void clear() {
    builders.keySet().forEach(name -> rows.put(name, new ArrayList<>()));
  }
}
