package io.github.camelakeeba.service;

import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.Timings;
import java.util.List;
import java.util.Map;
import org.apache.camel.Ordered;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.util.IOHelper;

/**
 * Resolves the placeholders {@code {{backup-timing-…}}} of the routes, before any file does. System
 * properties and the environment precede any source, so neither may set one.
 */
final class TimingSource implements PropertiesSource, Ordered {
  private final Map<String, String> placeholders;

  TimingSource(Timings timings) {
    this.placeholders = timings.placeholders();
    List<String> set =
        placeholders.keySet().stream()
            .filter(
                name ->
                    System.getProperty(name) != null
                        || IOHelper.lookupEnvironmentVariable(name) != null)
            .sorted()
            .map(
                name ->
                    name
                        + " is set by a system property or in the environment; the engine's"
                        + " intervals can't be changed: unset it")
            .toList();
    if (!set.isEmpty()) {
      throw new ConfigurationException(set);
    }
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
