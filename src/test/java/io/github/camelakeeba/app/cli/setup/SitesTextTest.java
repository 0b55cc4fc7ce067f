package io.github.camelakeeba.app.cli.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.config.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SitesTextTest {
  private static final YamlEntry BLOG =
      new YamlEntry(
          "blog",
          List.of(
              YamlEntry.Line.of("url", "https://blog.example.com"),
              YamlEntry.Line.of("secretFile", "config/secrets/blog")));

  private static String with(String text) {
    return SitesText.of(text).withEntries("sites", List.of(BLOG)).text();
  }

  @Test
  void a_site_is_added_behind_the_last_one_and_every_other_line_stays() {
    String text =
        """
        # who is backed up
        defaults:
            zone: Europe/Athens   # ours

        sites:
            # the shop first
            shop:
                url: https://shop.example.com   # the shop
                tags: [a,
                       b]
                # nothing else

        # how to reach somebody
        channels: {}
        """;

    SitesText added = SitesText.of(text).withEntries("sites", List.of(BLOG));

    assertThat(added.text())
        .isEqualTo(
            text.replace(
                "               b]\n",
                """
                               b]
                    blog:
                        url: https://blog.example.com
                        secretFile: config/secrets/blog
                """));
    assertThat(added.firstLine()).isEqualTo(11);
    assertThat(added.text().lines().toList().get(10)).isEqualTo("    blog:");
  }

  @Test
  void the_shipped_file_gets_its_first_site_and_keeps_its_comments() throws Exception {
    String shipped = Files.readString(Path.of("config/sites.yaml"));

    assertThat(with(shipped))
        .isEqualTo(
            shipped.replace(
                "\nsites: {}\n",
                """

                sites:
                  blog:
                    url: https://blog.example.com
                    secretFile: config/secrets/blog
                """));
  }

  @Test
  void a_file_without_sites_gets_them_at_its_end() {
    String entry =
        "sites:\n  blog:\n    url: https://blog.example.com\n    secretFile: config/secrets/blog\n";

    assertThat(with("")).isEqualTo(entry);
    assertThat(with("# nothing yet")).isEqualTo("# nothing yet\n\n" + entry);
    assertThat(with("channels: {}\n")).isEqualTo("channels: {}\n\n" + entry);
    assertThat(with("sites:   # none\n")).isEqualTo(entry.replace("sites:", "sites:   # none"));
    assertThat(with("sites: null # none\nlimits: {}\n"))
        .isEqualTo(entry.replace("sites:", "sites: # none") + "limits: {}\n");
    assertThat(with("sites: {}")).isEqualTo(entry);
  }

  @Test
  void sites_in_braces_get_one_more_in_braces() {
    assertThat(with("sites: {shop: {url: x}}\n"))
        .isEqualTo(
            "sites: {shop: {url: x}, \"blog\": {url: https://blog.example.com, secretFile:"
                + " config/secrets/blog}}\n");
    assertThat(with("sites: {\n  shop: {url: x}, # the shop\n}\n"))
        .contains("# the shop\n \"blog\": {url");
  }

  @Test
  void windows_line_ends_marks_and_letters_of_all_planes_are_kept() {
    String text = "\uFEFF# 🥐 Müller\r\nsites:\r\n  shop:\r\n    title: \"🥐\"\r\n# end\r\n";

    assertThat(with(text))
        .isEqualTo(
            text.replace(
                "\"🥐\"\r\n",
                "\"🥐\"\r\n  blog:\r\n    url: https://blog.example.com\r\n"
                    + "    secretFile: config/secrets/blog\r\n"));
  }

  @Test
  void texts_over_several_lines_and_aliases_at_the_end_are_not_cut() {
    String literal =
        "sites:\n  shop:\n    comment: |\n      one\n\n      # no comment\n\n\nlimits: {}\n";
    assertThat(with(literal)).contains("# no comment\n  blog:\n").endsWith("\n\n\nlimits: {}\n");

    String alias = "defaults: &d {profile: 2}\nsites:\n  shop: *d\n";
    assertThat(with(alias)).startsWith(alias + "  blog:\n");
    assertThat(with("sites:\n  shop:\n")).startsWith("sites:\n  shop:\n  blog:\n");
  }

  @Test
  void what_cannot_be_edited_is_shown_instead() {
    for (String text :
        List.of(
            "defaults: &d {profile: 2}\nsites: *d\n",
            "sites: [a]\n",
            "just text",
            "sites:\n  shop:\n    comment: |+\n      kept\n\n\nlimits: {}\n",
            "sites: {}\n---\nsites: {}\n",
            "sites: {\n")) {
      assertThatThrownBy(() -> with(text))
          .as(text)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("write it yourself")
          .hasMessageContaining("    url: https://blog.example.com");
    }
  }

  @Test
  void a_rule_is_added_to_a_list_in_each_of_its_forms() {
    String item = "{on: failed, to: mail}";

    assertThat(SitesText.of("notify:\n- {on: failed, to: a} # a\n# end\n").withItem("notify", item))
        .extracting(SitesText::text)
        .isEqualTo("notify:\n- {on: failed, to: a} # a\n- {on: failed, to: mail}\n# end\n");
    assertThat(SitesText.of("notify: [{on: failed, to: a}]\n").withItem("notify", item).text())
        .isEqualTo("notify: [{on: failed, to: a}, {on: failed, to: mail}]\n");
    assertThat(SitesText.of("notify: []\nsites: {}\n").withItem("notify", item).text())
        .isEqualTo("notify:\n  - {on: failed, to: mail}\nsites: {}\n");
    assertThat(SitesText.of("sites: {}\n").withItem("notify", item).text())
        .isEqualTo("sites: {}\n\nnotify:\n  - {on: failed, to: mail}\n");
    assertThat(
            SitesText.of("notify:\n  -   on: failed\n      to: a\n")
                .withItem("notify", item)
                .text())
        .isEqualTo("notify:\n  -   on: failed\n      to: a\n  - {on: failed, to: mail}\n");
  }

  @Test
  void names_are_those_of_the_file() {
    assertThat(SitesText.of("sites: {a: {}, 1: {}}").names("sites")).containsExactly("a", "1");
    assertThat(SitesText.of("sites: {").names("sites")).isEmpty();
    assertThat(SitesText.of("").names("sites")).isEmpty();
  }
}
