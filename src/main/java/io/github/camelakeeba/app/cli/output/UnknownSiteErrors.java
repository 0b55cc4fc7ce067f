package io.github.camelakeeba.app.cli.output;

import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.secret.UntrustedText;
import java.util.Collection;

public final class UnknownSiteErrors {
  private UnknownSiteErrors() {}

  public static ConfigurationException of(String name, Collection<String> known) {
    return of(name, known, false);
  }

  /** The same; remote: a running serve has named the known ones. */
  public static ConfigurationException of(String name, Collection<String> known, boolean remote) {
    return new ConfigurationException(
        "there is no site '%s'; %s%s"
            .formatted(
                UntrustedText.asName(name),
                known(known),
                remote
                    ? "; so the running serve read it at its start: start it again after a change"
                    : ""));
  }

  public static String known(Collection<String> known) {
    return known.isEmpty()
        ? "config/sites.yaml has no site yet"
        : "config/sites.yaml has: " + String.join(", ", known);
  }
}
