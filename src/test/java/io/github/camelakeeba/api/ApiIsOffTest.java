package io.github.camelakeeba.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.app.web.ApiServer;
import io.github.camelakeeba.config.yaml.SitesLoader;
import io.github.camelakeeba.product.QuickTimings;
import io.github.camelakeeba.run.store.ClaimPolicy;
import io.github.camelakeeba.service.Home;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.store.CopiedStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ApiIsOffTest {
  @TempDir Path folder;

  @Test
  void without_a_token_there_is_no_port() throws Exception {
    Path sites = Files.createDirectory(folder.resolve("config")).resolve("sites.yaml");
    Files.writeString(sites, "sites: {}\n");
    Service.Plan plan =
        new Service.Plan(
            resolver -> new SitesLoader().load(sites, resolver),
            context -> CopiedStore.memory("no-api", 4),
            ClaimPolicy.ALL,
            false,
            ApiServer::start,
            QuickTimings.QUICK);

    try (Service service = Service.start(new Home(folder), plan)) {
      assertThat(service.apiAddress()).isNull();
    }
  }
}
