package io.github.camelakeeba.cli;

import io.github.camelakeeba.site.ConfigurationException;
import java.util.Collection;
import java.util.List;

/** A command names a site that is not there. */
final class UnknownSite {
  private UnknownSite() {}

  static ConfigurationException of(String name, Collection<String> known) {
    return new ConfigurationException(
        List.of("there is no site '%s'; %s".formatted(Terminal.line(name, 64), known(known))));
  }

  /** Which sites there are, in words. */
  static String known(Collection<String> known) {
    return known.isEmpty()
        ? "config/sites.yaml has no site yet"
        : "config/sites.yaml has: " + String.join(", ", known);
  }
}
