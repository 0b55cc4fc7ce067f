package io.github.camelakeeba.observe;

import io.micrometer.core.instrument.MeterRegistry;

/** Meters that are read anew at each scrape. */
public interface ScrapedMetrics {
  void register(MeterRegistry registry);

  /** Throws nothing for what can't be read now: it is left out. */
  void refresh();
}
