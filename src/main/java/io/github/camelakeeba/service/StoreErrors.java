package io.github.camelakeeba.service;

import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.service.settings.Settings;
import io.github.camelakeeba.store.TransientStoreErrors;

/** Explains in one line why the store can't be opened, and what to do. */
public final class StoreErrors {
  private static final String IN_USE =
      "data/backup.mv.db: the store is in use by another process, most likely a running 'serve' of"
          + " this home; stop it, or set backup.api.token for both, so that commands can hand it"
          + " their work";

  private StoreErrors() {}

  public static final class StoreInUseException extends ConfigurationException {
    private final transient Settings.Api api;

    private StoreInUseException(Settings.Api api) {
      super(IN_USE);
      this.api = api;
    }

    /** The API of that serve; null: it has none. */
    public Settings.Api api() {
      return api;
    }
  }

  public static ConfigurationException explain(Exception thrown, Home home, Settings settings) {
    if (!settings.databaseUrl().isEmpty()) {
      return Settings.wrong(
          "database.url",
          "the database can't be used (%s); check that it runs, its address, user and password"
              .formatted(UntrustedText.asCause(TransientStoreErrors.reason(thrown))),
          thrown);
    }
    boolean inUse = false;
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      inUse |= String.valueOf(t.getMessage()).contains("already in use");
    }
    ConfigurationException fault =
        inUse
            ? new StoreInUseException(settings.api())
            : new ConfigurationException(
                "data/backup.mv.db: the store can't be opened: "
                    + UntrustedText.asCause(TransientStoreErrors.reason(thrown)));
    fault.initCause(thrown);
    return fault;
  }
}
