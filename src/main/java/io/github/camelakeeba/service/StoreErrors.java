package io.github.camelakeeba.service;

import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.service.settings.Settings;
import io.github.camelakeeba.store.TransientStoreErrors;

/** Says in one line why the store can't be opened, and what to do. */
public final class StoreErrors {
  private static final String IN_USE =
      "data/backup.mv.db: the store is in use by another process, most likely a running 'serve' of"
          + " this home; stop it, or set backup.api.token for both, so that commands can hand it"
          + " their work";

  private StoreErrors() {}

  public static ConfigurationException explain(Exception thrown, Home home, Settings settings) {
    if (!settings.databaseUrl().isEmpty()) {
      return Settings.wrong(
          "database.url",
          "the database can't be used (%s); check that it runs, its address, user and password"
              .formatted(UntrustedText.asCause(TransientStoreErrors.reason(thrown))),
          thrown);
    }
    StringBuilder texts = new StringBuilder();
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      texts.append(' ').append(t.getMessage());
    }
    ConfigurationException fault =
        texts.indexOf("already in use") >= 0
            ? new StoreInUseException(IN_USE, settings.api())
            : new ConfigurationException(
                "data/backup.mv.db: the store can't be opened: "
                    + UntrustedText.asCause(TransientStoreErrors.reason(thrown)));
    fault.initCause(thrown);
    return fault;
  }
}
