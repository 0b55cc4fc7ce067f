package io.github.camelakeeba.observe;

import io.github.camelakeeba.store.StoreAvailability;
import io.github.camelakeeba.store.TransientStoreErrors;
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
final class StoreMetrics implements ScrapedMetrics {
  private final StoreAvailability watch;
  private final Consumer<StoreMetrics> poll;
  private final Map<String, MultiGauge.Builder> builders = new LinkedHashMap<>();
  private final Map<String, MultiGauge> gauges = new LinkedHashMap<>();
  private final Map<String, List<Row<Number>>> rows = new LinkedHashMap<>();

  /** The look calls {@link #set} for each measurement. */
  StoreMetrics(StoreAvailability watch, Consumer<StoreMetrics> look) {
    this.watch = watch;
    this.poll = look;
  }

  /** With this gauge; the unit is null where it counts things. */
  StoreMetrics gauge(String name, String unit, String description) {
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
        poll.accept(this);
      } catch (RuntimeException e) {
        if (!TransientStoreErrors.isTransient(e)) {
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
