package io.github.camelakeeba.cli;

import io.github.camelakeeba.run.Claiming;
import io.github.camelakeeba.run.Database;
import io.github.camelakeeba.site.ConfigurationException;
import io.github.camelakeeba.site.Secret;
import io.github.camelakeeba.site.SitesFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesComponent;

/** What the commands start. */
final class Plans {
  private Plans() {}

  /** Everything: schedules, API, the home's store. */
  static Service.Plan serve(Home home) {
    return new Service.Plan(
        resolver -> new SitesFile().load(home.sitesFile(), resolver),
        context -> store(home, context),
        Claiming.ALL,
        true,
        true);
  }

  /** The home's store, but no schedules and no API: for a run in the foreground. */
  static Service.Plan foreground(Home home) {
    return new Service.Plan(
        resolver -> new SitesFile().load(home.sitesFile(), resolver),
        context -> store(home, context),
        Claiming.ONLY_OURS,
        false,
        false);
  }

  /** The home's configuration and routes, but nothing that is kept. */
  static Service.Plan trial(Home home) {
    return new Service.Plan(
        resolver -> new SitesFile().load(home.sitesFile(), resolver),
        context -> Database.memory("trial-" + UUID.randomUUID(), 4),
        Claiming.ONLY_OURS,
        false,
        false);
  }

  private static Database store(Home home, CamelContext context) {
    PropertiesComponent properties = context.getPropertiesComponent();
    String url = properties.resolveProperty("backup.database.url").orElse("");
    try {
      if (!url.isBlank()) {
        return Database.open(
            url,
            properties.resolveProperty("backup.database.user").orElse(""),
            properties.resolveProperty("backup.database.password").map(Secret::new).orElse(null),
            10);
      }
      Files.createDirectories(home.data());
      return Database.file(home.data(), 10);
    } catch (IOException | RuntimeException e) {
      throw new ConfigurationException(List.of(StoreFault.explain(e, home, url)));
    }
  }
}
