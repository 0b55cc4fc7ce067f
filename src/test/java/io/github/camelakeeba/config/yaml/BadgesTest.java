package io.github.camelakeeba.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.config.Badge;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.secret.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of badges, of sites and of tags. */
class BadgesTest {
  private static final String SITES =
      """
      sites:
        shop:
          url: https://shop.example.com/remote.php
          secret: hunter2hunter2
          badge: shop-0123456789abcdef
        blog:
          url: https://blog.example.com/remote.php
          secret: hunter2hunter2
      """;

  @TempDir Path home;

  private List<String> problems(String yaml) throws Exception {
    return LoaderMessage.of(home, yaml, Map.of());
  }

  @Test
  void a_site_and_a_tag_have_the_keys_that_are_written_and_no_others() throws Exception {
    Files.writeString(home.resolve("customers.key"), "customers-0123456789\n");
    Path file = home.resolve("sites.yaml");
    Files.writeString(file, SITES + "badges:\n  customers: {keyFile: customers.key}\n");
    SitesLoader loader = new SitesLoader();
    Configuration configuration = loader.load(file, home, text -> text);

    assertThat(loader.warnings(configuration)).contains("badges.customers: no site has this tag");
    assertThat(configuration.badges())
        .containsExactly(
            new Badge(new Secret("shop-0123456789abcdef"), "shop", null),
            new Badge(new Secret("customers-0123456789"), null, "customers"));
  }

  @Test
  void a_key_that_is_there_already_is_told_without_its_value() throws Exception {
    assertThat(problems(SITES + "badges:\n  customers: {key: shop-0123456789abcdef}\n"))
        .singleElement()
        .asString()
        .contains("badges.customers.key: is the key of the site shop already; write one of its own")
        .doesNotContain("0123456789abcdef");
  }

  @Test
  void a_badge_without_a_key_is_told() throws Exception {
    assertThat(problems(SITES + "badges:\n  customers: {}\n"))
        .singleElement()
        .asString()
        .contains("badges.customers: 'key' is missing; write it, or 'keyFile'");
  }

  @Test
  void one_key_for_all_sites_is_told_once() throws Exception {
    assertThat(problems("defaults: {badge: all-0123456789abcdef}\n" + SITES))
        .singleElement()
        .asString()
        .contains("defaults.badge: shows one site; write a key of its own at each site");
  }
}
