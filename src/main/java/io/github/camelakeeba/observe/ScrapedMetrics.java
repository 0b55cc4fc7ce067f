package io.github.camelakeeba.observe;

import io.micrometer.core.instrument.MeterRegistry;

/** Measurements that are taken anew at each scrape. */
public interface ScrapedMetrics {
  /** Makes their meters. */
  void register(MeterRegistry registry);

  /** Takes them; what can't be had now is left out, and nothing is thrown for it. */
  void refresh();
}
