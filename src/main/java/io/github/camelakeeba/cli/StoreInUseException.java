package io.github.camelakeeba.cli;

import io.github.camelakeeba.site.ConfigurationException;
import java.util.List;

/** Another process, most likely a {@code serve} of this home, has the store open. */
final class StoreInUseException extends ConfigurationException {
  private static final long serialVersionUID = 1L;

  private final transient Settings.Api api;

  /** The API of that serve, or null when it has none. */
  StoreInUseException(String problem, Settings.Api api) {
    super(List.of(problem));
    this.api = api;
  }

  Settings.Api api() {
    return api;
  }
}
