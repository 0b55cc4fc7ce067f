package io.github.camelakeeba.service;

import io.github.camelakeeba.config.Timings;
import java.util.Map;
import org.apache.camel.Ordered;
import org.apache.camel.spi.PropertiesSource;

/** Resolves the placeholders {@code {{backup-timing-…}}} of the routes, before any file does. */
final class TimingSource implements PropertiesSource, Ordered {
  private final Map<String, String> placeholders;

  TimingSource(Timings timings) {
    this.placeholders = timings.placeholders();
  }

  @Override
  public String getName() {
    return "backup-timings";
  }

  @Override
  public String getProperty(String name) {
    return placeholders.get(name);
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST;
  }
}
