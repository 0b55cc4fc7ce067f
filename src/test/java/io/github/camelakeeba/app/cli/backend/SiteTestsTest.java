package io.github.camelakeeba.app.cli.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.yaml.SitesLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTestsTest {
  @TempDir Path home;

  @Test
  void the_sites_of_a_host_wait_for_each_other_and_for_no_other_host() throws Exception {
    Path file = Files.createDirectories(home.resolve("config")).resolve("sites.yaml");
    Files.writeString(
        file,
        """
        defaults: {secret: some-secret}
        sites:
          a1: {url: "https://a1.example.com", host: a}
          b1: {url: "https://b1.example.com", host: b}
          a2: {url: "https://a2.example.com", host: a}
          a3: {url: "https://a3.example.com", host: a}
          c1: {url: "https://c1.example.com"}
        """);
    Collection<Site> sites = new SitesLoader().load(file, text -> text).sites().values();

    assertThat(SiteTests.lanes(sites, 1))
        .extracting(lane -> lane.stream().map(Site::name).toList().toString())
        .containsExactly("[a1, a2, a3]", "[b1]", "[c1]");
    assertThat(SiteTests.lanes(sites, 2))
        .extracting(lane -> lane.stream().map(Site::name).toList().toString())
        .containsExactly("[a1, a3]", "[b1]", "[a2]", "[c1]");
  }
}
