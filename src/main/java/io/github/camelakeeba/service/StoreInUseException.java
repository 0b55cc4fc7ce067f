package io.github.camelakeeba.service;

import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.service.settings.Settings;

/** Another process, most likely a {@code serve} of this home, has the store open. */
public final class StoreInUseException extends ConfigurationException {
  private final transient Settings.Api apiSettings;

  /** The API of that serve, or null when it has none. */
  StoreInUseException(String problem, Settings.Api api) {
    super(problem);
    this.apiSettings = api;
  }

  public Settings.Api apiSettings() {
    return apiSettings;
  }
}
