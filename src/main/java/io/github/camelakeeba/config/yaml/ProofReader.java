package io.github.camelakeeba.config.yaml;

import io.github.camelakeeba.config.Durations;
import io.github.camelakeeba.config.proof.CensusSettings;
import io.github.camelakeeba.config.proof.ProofSettings;
import io.github.camelakeeba.config.proof.RestoreTestSettings;
import io.github.camelakeeba.secret.EndpointSecrets;
import io.github.camelakeeba.secret.Secret;
import java.time.Duration;

/** The keys of a site that say how its backups are proved. */
final class ProofReader {
  private static final String NEVER = "never";
  private static final String MARIADB = "jdbc:mariadb://";

  private final SecretReader secrets;

  ProofReader(SecretReader secrets) {
    this.secrets = secrets;
  }

  ProofSettings read(ConfigSection site) {
    return new ProofSettings(
        secrets.password(site, "archivePassword"),
        new CensusSettings(site.child("census").list("ignore", name -> name)),
        restoreTest(site),
        site.parsed("provedOverdueAfter", Durations::positive),
        site.flag("watch"));
  }

  /** How often something is done: {@code never} is null, as is a key that is not written. */
  static Duration every(ConfigSection section) {
    return section.parsed(
        "every", text -> text.equalsIgnoreCase(NEVER) ? null : Durations.positive(text));
  }

  private RestoreTestSettings restoreTest(ConfigSection site) {
    if (!site.has("restoreTest")) {
      return null;
    }
    ConfigSection test = site.child("restoreTest");
    if (!test.hasKeyOrFile("database")) {
      site.problem(
          "restoreTest",
          "'database' is missing in it; write the JDBC URL of a MariaDB server, such as"
              + " jdbc:mariadb://db.example.com:3306, or 'embedded'");
      return null;
    }
    Secret database = secrets.address(test, "database", RestoreTestSettings.EMBEDDED);
    if (database != null && !database.reveal().equals(RestoreTestSettings.EMBEDDED)) {
      EndpointSecrets.register(database); // a password in it comes back in what the driver says
    }
    if (database != null && !isDatabase(database.reveal())) {
      test.problem(
          test.keyOrFile("database"),
          "must be the JDBC URL of a MariaDB server, such as jdbc:mariadb://db.example.com:3306,"
              + " or 'embedded'");
      return null;
    }
    Duration every = every(test);
    Secret password = secrets.read(test, "password");
    return database == null
        ? null
        : new RestoreTestSettings(every, database, test.text("user"), password);
  }

  private static boolean isDatabase(String url) {
    return url.equals(RestoreTestSettings.EMBEDDED)
        || url.startsWith(MARIADB) && url.length() > MARIADB.length();
  }
}
