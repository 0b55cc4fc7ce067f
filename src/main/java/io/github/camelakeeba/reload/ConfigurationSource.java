package io.github.camelakeeba.reload;

import io.github.camelakeeba.config.Configuration;
import java.util.function.UnaryOperator;

/** Where the configuration comes from, at the start and at each reload. */
@FunctionalInterface
public interface ConfigurationSource {
  /**
   * Reads it anew. Throws {@link io.github.camelakeeba.config.ConfigurationException} with every
   * problem.
   *
   * @param properties resolves property functions
   */
  Configuration read(UnaryOperator<String> properties);

  /** What was read last holds from now on: it may be kept for a start without its sources. */
  default void taken() {}
}
