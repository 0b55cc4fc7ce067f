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

/** Gauges that one poll of the store fills; while the store is away they are left out. */
final class StoreMetrics implements ScrapedMetrics {
  private final StoreAvailability availability;
  private final Consumer<StoreMetrics> poll;
  private final Map<String, MultiGauge.Builder> builders = new LinkedHashMap<>();
  private final Map<String, MultiGauge> gauges = new LinkedHashMap<>();
  private final Map<String, List<Row<Number>>> rows = new LinkedHashMap<>();

  /** The poll calls {@link #set} for each measurement. */
  StoreMetrics(StoreAvailability availability, Consumer<StoreMetrics> poll) {
    this.availability = availability;
    this.poll = poll;
  }

  /** With this gauge; the unit is null where it counts things. */
  StoreMetrics gauge(String name, String unit, String description) {
    builders.put(name, MultiGauge.builder(name).baseUnit(unit).description(description));
    return this;
  }

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
    if (availability.downSince() == null) {
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
