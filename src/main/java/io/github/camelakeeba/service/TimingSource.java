package io.github.camelakeeba.service;

import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.Timings;
import java.util.List;
import java.util.Map;
import org.apache.camel.Ordered;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.util.IOHelper;

/**
 * Resolves the placeholders {@code {{backup-timing-…}}} of the routes, before any file does. Camel
 * asks system properties and the environment before any source, so neither may name one.
 */
final class TimingSource implements PropertiesSource, Ordered {
  private final Map<String, String> placeholders;

  /** Throws {@link ConfigurationException} when the process is started with one of its names. */
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
                    "%s is set by a system property or in the environment; the engine's intervals can't"
                            .formatted(name)
                        + " be changed: unset it")
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
