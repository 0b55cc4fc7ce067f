package io.github.camelakeeba.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.cli.Home;
import io.github.camelakeeba.cli.Service;
import io.github.camelakeeba.product.QuickTimings;
import io.github.camelakeeba.run.Claiming;
import io.github.camelakeeba.run.Database;
import io.github.camelakeeba.site.SitesFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiIsOffTest {
  @TempDir Path folder;

  @Test
  void without_a_token_there_is_no_port() throws Exception {
    Path sites = Files.createDirectory(folder.resolve("config")).resolve("sites.yaml");
    Files.writeString(sites, "sites: {}\n");
    Service.Plan plan =
        new Service.Plan(
            resolver -> new SitesFile().load(sites, resolver),
            context -> Database.memory("no-api", 4),
            Claiming.ALL,
            false,
            true,
            QuickTimings.QUICK);

    try (Service service = Service.start(new Home(folder), plan)) {
      assertThat(service.apiAddress()).isNull();
    }
  }
}
