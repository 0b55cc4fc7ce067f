package io.github.camelakeeba.service;

import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.service.settings.Settings;
import io.github.camelakeeba.store.TransientStoreErrors;

/** Explains in one line why the store can't be opened, and what to do. */
public final class StoreErrors {
  private static final String IN_USE =
      "data/backup.mv.db: the store is in use by another process, most likely a 'serve' or a"
          + " 'backup' of this home; stop it, or wait until it has ended; a 'serve' takes commands"
          + " once it has started";

  private StoreErrors() {}

  public static final class StoreInUseException extends ConfigurationException {
    private StoreInUseException() {
      super(IN_USE);
    }
  }

  public static ConfigurationException explain(Exception thrown, Settings settings) {
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
            ? new StoreInUseException()
            : new ConfigurationException(
                "data/backup.mv.db: the store can't be opened: "
                    + UntrustedText.asCause(TransientStoreErrors.reason(thrown)));
    fault.initCause(thrown);
    return fault;
  }
}
