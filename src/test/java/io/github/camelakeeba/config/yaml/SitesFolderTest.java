package io.github.camelakeeba.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.Trigger;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of {@code config/sites.d} count as if they stood in {@code sites.yaml}. */
class SitesFolderTest {
  private static final String SITE =
      "sites: {%s: {url: \"https://%s.example\", secret: word-of-it}}\n";

  @TempDir Path home;
  private Path main;
  private Path folder;

  @BeforeEach
  void folders() throws Exception {
    main = home.resolve("config/sites.yaml");
    folder = Files.createDirectories(home.resolve("config/sites.d"));
  }

  private void part(String name, String yaml) throws Exception {
    Files.writeString(folder.resolve(name), yaml);
  }

  private static String site(String name) {
    return SITE.formatted(name, name);
  }

  private Configuration load() {
    return new SitesLoader().load(main, LoaderMessage.environment(Map.of("WORD", "word-of-env")));
  }

  private List<String> problems() {
    ConfigurationException refused = catchThrowableOfType(ConfigurationException.class, this::load);
    return refused == null ? List.of() : refused.problems();
  }

  @Test
  void sites_channels_rules_triggers_reports_and_badges_are_merged_in_the_order_of_names()
      throws Exception {
    Files.writeString(main, site("zero") + "notify: [{on: failed, to: hook}]\n");
    part(
        "b.yml",
        site("two")
            + """
            triggers: [{name: deploys, from: "seda:in", site: zero}]
            reports: [{to: hook}]
            badges: {a: {key: abcdefghijklmnop}}
            """);
    part(
        "a.yaml",
        site("one")
            + """
            channels: {hook: {type: webhook, url: "https://erp.example/in"}}
            notify: [{on: missed, to: hook, sites: two}]
            """);

    Configuration configuration = load();

    assertThat(configuration.sites().keySet()).containsExactly("zero", "one", "two");
    assertThat(configuration.channels()).containsOnlyKeys("hook");
    assertThat(configuration.rules())
        .extracting(rule -> rule.on().iterator().next())
        .containsExactly("failed", "missed");
    assertThat(configuration.triggers()).extracting(Trigger::name).containsExactly("deploys");
    assertThat(configuration.reports()).hasSize(1);
    assertThat(configuration.badges()).hasSize(1);
  }

  @Test
  void the_names_of_the_files_do_not_change_the_fingerprint() throws Exception {
    part("a.yaml", site("one"));
    part("b.yaml", site("two"));
    String fingerprint = load().fingerprint();
    part("a.yaml", site("two"));
    part("b.yaml", site("one"));
    assertThat(load().fingerprint()).isEqualTo(fingerprint);
  }

  @Test
  void sites_yaml_may_be_absent_or_a_comment_where_the_folder_has_sites() throws Exception {
    part("a.yaml", site("one"));
    assertThat(load().sites()).containsOnlyKeys("one");
    Files.writeString(main, "# all is in sites.d\n");
    assertThat(load().sites()).containsOnlyKeys("one");
    Files.writeString(main, "limits: {concurrent: 3}\n");
    assertThat(load().limits().concurrent()).isEqualTo(3);
  }

  @Test
  void an_empty_folder_is_as_none() {
    assertThat(problems())
        .containsExactly(
            "config/sites.yaml: no such file; --home names the directory that holds"
                + " config/sites.yaml");
  }

  @Test
  void without_any_site_the_key_is_missing() throws Exception {
    part("a.yaml", "channels: {hook: {type: webhook, url: \"https://erp.example/in\"}}\n");
    assertThat(problems()).containsExactly("config/sites.yaml:1: 'sites' is missing");
  }

  @Test
  void the_defaults_of_a_file_are_for_its_sites_and_come_before_those_of_sites_yaml()
      throws Exception {
    Files.writeString(
        main,
        "defaults: {comment: main, zone: Europe/Athens, retry: {untrusted: 5}}\n" + site("zero"));
    part(
        "a.yaml",
        """
        defaults: {comment: part, secret: "{{env:WORD}}", retry: {unreachable: 7}}
        sites: {one: {url: "https://one.example"}}
        channels: {hook: {type: webhook, url: "https://erp.example/in"}}
        reports: [{to: hook}]
        """);
    part("b.yaml", site("two"));

    Configuration configuration = load();

    assertThat(configuration.sites().get("one").comment()).isEqualTo("part");
    assertThat(configuration.sites().get("one").zone().getId()).isEqualTo("Europe/Athens");
    assertThat(configuration.sites().get("one").secret().reveal()).isEqualTo("word-of-env");
    assertThat(configuration.sites().get("one").retry().unreachable()).isEqualTo(7);
    assertThat(configuration.sites().get("one").retry().untrusted()).isEqualTo(5);
    assertThat(configuration.sites().get("two").comment()).isEqualTo("main");
    assertThat(configuration.sites().get("zero").comment()).isEqualTo("main");
    assertThat(configuration.reports().get(0).schedule().zone().getId()).isEqualTo("Europe/Athens");
  }

  @Test
  void what_is_for_all_sites_stands_in_sites_yaml_only() throws Exception {
    Files.writeString(main, site("zero"));
    part("a.yaml", "limits: {concurrent: 3}\nhistory: {keep: 9d}\nheartbeat: {channel: ping}\n");
    String sentence = ": is for all sites, and so stands in sites.yaml only";
    assertThat(problems())
        .containsExactly(
            "config/sites.d/a.yaml:1: limits" + sentence,
            "config/sites.d/a.yaml:2: history" + sentence,
            "config/sites.d/a.yaml:3: heartbeat" + sentence);
  }

  @Test
  void a_name_that_stands_twice_is_told_with_both_places() throws Exception {
    Files.writeString(
        main,
        """
        sites:
          shop: {url: "https://shop.example", secret: word-of-it}
        channels: {hook: {type: webhook, url: "https://erp.example/in"}}
        triggers:
          - {name: deploys, from: "seda:in"}
        badges: {a: {key: abcdefghijklmnop}}
        """);
    part(
        "a.yaml",
        """
        badges: {a: {key: abcdefghijklmnox}}
        channels: {hook: {type: webhook, url: "https://erp.example/in"}}
        sites:
          shop: {url: "https://shop.example", secret: word-of-it}
        triggers:
          - {name: deploys, from: "seda:in"}
        """);
    assertThat(problems())
        .containsExactly(
            "config/sites.d/a.yaml:1: badges.a: stands here and in config/sites.yaml:6; keep one of"
                + " the two",
            "config/sites.d/a.yaml:2: channels.hook: stands here and in config/sites.yaml:3; keep"
                + " one of the two",
            "config/sites.d/a.yaml:4: sites.shop: stands here and in config/sites.yaml:2; keep one"
                + " of the two",
            "config/sites.d/a.yaml:6: triggers[0].name: the trigger in config/sites.yaml:5 is called"
                + " 'deploys' too");
  }

  @Test
  void a_trigger_of_the_folder_must_have_a_name() throws Exception {
    Files.writeString(main, site("zero") + "triggers: [{from: \"seda:one\"}]\n");
    part("a.yaml", "triggers:\n  - {from: \"seda:two\"}\n");
    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("config/sites.d/a.yaml:2: triggers[0]: 'name' is missing; ");
  }

  @Test
  void all_problems_of_all_files_are_told_at_once_with_their_places() throws Exception {
    Files.writeString(main, site("zero") + "notify:\n  - {on: failed, to: nobody}\n");
    part("a.yaml", "sites:\n\tshop: 1\n");
    part("b.yaml", "sites:\n  two: {url: \"https://two.example\", secret: x-y, shedule: never}\n");
    part(
        "c.yaml", "sites:\n  three: {url: \"https://two.example\", secret: \"{{env:MISSING}}\"}\n");
    part("d.yaml", "defaults:\n  zone: Nowhere\nsites: {four: {secret: word-of-it}}\n");
    assertThat(problems())
        .satisfiesExactly(
            // whether nobody is a channel, the first file of the folder may know
            one ->
                assertThat(one)
                    .isEqualTo(
                        "config/sites.d/a.yaml:2:1: not YAML: a tab cannot indent; use spaces"),
            one ->
                assertThat(one).startsWith("config/sites.d/b.yaml:2: sites.two.shedule: unknown"),
            one ->
                assertThat(one)
                    .isEqualTo(
                        "config/sites.d/c.yaml:2: sites.three.secret: the environment variable"
                            + " MISSING is not set"),
            one -> assertThat(one).startsWith("config/sites.d/d.yaml:2: defaults.zone: 'Nowhere'"),
            one ->
                assertThat(one)
                    .startsWith("config/sites.d/d.yaml:3: sites.four: 'url' is missing"));
  }

  @Test
  void a_wrong_value_in_defaults_is_told_once_where_it_stands() throws Exception {
    Files.writeString(main, "defaults:\n  schedule: tomorrow\n");
    part("a.yaml", site("one"));
    part("b.yaml", site("two"));
    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("config/sites.yaml:2: defaults.schedule: 'tomorrow' is not");
  }

  @Test
  void an_unknown_name_is_looked_for_in_all_files() throws Exception {
    Files.writeString(main, site("zero"));
    part("a.yaml", "notify:\n  - {on: failed, to: hok}\n");
    part("b.yaml", "channels: {hook: {type: webhook, url: \"https://erp.example/in\"}}\n");
    assertThat(problems())
        .containsExactly(
            "config/sites.d/a.yaml:2: notify[0].to: 'hok' is not a channel; did you mean 'hook'?"
                + " allowed: hook");
  }

  @Test
  void a_byte_order_mark_is_no_part_of_the_text() throws Exception {
    Files.writeString(main, "\uFEFF" + site("zero"));
    part("a.yaml", "\uFEFF" + site("one"));
    assertThat(load().sites()).containsOnlyKeys("zero", "one");
  }

  @Test
  void an_empty_file_is_a_problem_and_one_of_comments_is_not() throws Exception {
    Files.writeString(main, site("zero"));
    part("a.yaml", "# moved away\n");
    assertThat(load().sites()).containsOnlyKeys("zero");
    part("b.yaml", " \n");
    assertThat(problems())
        .containsExactly(
            "config/sites.d/b.yaml:1: the file is empty; write a key or a comment, or remove it");
  }

  @Test
  void what_cannot_be_read_is_told_and_what_is_no_yaml_file_is_left_alone() throws Exception {
    Files.writeString(main, site("zero"));
    part("README.md", "nothing");
    part(".hidden.yaml", "nothing");
    part("a.yaml~", "nothing");
    Files.createDirectory(folder.resolve("..2026_01_01"));
    assertThat(load().sites()).containsOnlyKeys("zero");
    Files.createDirectory(folder.resolve("a.yaml"));
    Files.write(folder.resolve("b.yaml"), "a: \u00e9".getBytes(StandardCharsets.ISO_8859_1));
    Files.createSymbolicLink(folder.resolve("c.yml"), Path.of("nowhere.yaml"));
    assertThat(problems())
        .containsExactly(
            "config/sites.d/a.yaml: is a directory; it must be a file",
            "config/sites.d/b.yaml: cannot be read: not UTF-8 text",
            "config/sites.d/c.yml: cannot be read: the link leads nowhere");
  }

  @Test
  void a_file_without_permission_is_told() throws Exception {
    Files.writeString(main, site("zero"));
    part("a.yaml", site("one"));
    try {
      Files.setPosixFilePermissions(
          folder.resolve("a.yaml"), PosixFilePermissions.fromString("---------"));
    } catch (UnsupportedOperationException | FileSystemException e) {
      Assumptions.abort("no POSIX permissions here");
    }
    Assumptions.assumeFalse(Files.isReadable(folder.resolve("a.yaml")), "root reads everything");
    assertThat(problems())
        .containsExactly("config/sites.d/a.yaml: cannot be read: permission denied");
  }

  @Test
  void files_of_a_config_map_are_links_and_are_followed() throws Exception {
    Path data = Files.createDirectories(folder.resolve("..2026_01_01"));
    Files.writeString(data.resolve("a.yaml"), site("one"));
    Files.createSymbolicLink(folder.resolve("..data"), data);
    Files.createSymbolicLink(folder.resolve("a.yaml"), Path.of("..data/a.yaml"));
    assertThat(load().sites()).containsOnlyKeys("one");
  }

  @Test
  void a_file_in_place_of_the_folder_is_told() throws Exception {
    Files.writeString(main, site("zero"));
    Files.delete(folder);
    Files.writeString(folder, site("one"));
    assertThat(problems())
        .containsExactly("config/sites.d: must be a directory with files such as customers.yaml");
  }

  @Test
  void a_thousand_files_are_read() throws Exception {
    for (int i = 0; i < 1000; i++) {
      part("customer-%03d.yaml".formatted(i), site("site-" + i));
    }
    assertThat(load().sites()).hasSize(1000);
  }
}
