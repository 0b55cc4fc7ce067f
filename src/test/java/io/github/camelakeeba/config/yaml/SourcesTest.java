package io.github.camelakeeba.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.Site;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of a list are sites, as if each stood in {@code sites.yaml}. */
class SourcesTest {
  private static final String ENTRY = "sources:\n  - {from: %s, template: {secret: word-of-all}}\n";

  @TempDir Path home;
  private Path config;

  @BeforeEach
  void folder() throws Exception {
    config = Files.createDirectories(home.resolve("config"));
  }

  private void list(String name, String text) throws Exception {
    Files.writeString(config.resolve(name), text);
  }

  private Configuration load(String yaml) throws Exception {
    Path file = LoaderMessage.write(home, yaml);
    return new SitesLoader().load(file, LoaderMessage.environment(Map.of("WORD", "word-of-env")));
  }

  private List<String> problems(String yaml) {
    ConfigurationException refused =
        catchThrowableOfType(ConfigurationException.class, () -> load(yaml));
    return refused == null ? List.of() : refused.problems();
  }

  @Test
  void each_row_of_a_csv_file_is_a_site_with_the_types_of_its_keys() throws Exception {
    list(
        "sites.csv",
        """
        name,url,secret,schedule,profile,enabled,tags,retry.unreachable,overrides.akeeba.x,title
        shop,https://shop.example,word-of-shop,0 30 2 * * ?,3,false,"a, b",7,1,"Müller's, ""bakery\"""

        blog,https://blog.example,"{{env:WORD}}",,,,c,,,
        """);

    Configuration configuration = load("sources: [{from: sites.csv}]\n");

    Site shop = configuration.sites().get("shop");
    assertThat(shop.url()).hasHost("shop.example");
    assertThat(shop.schedule()).isEqualTo("0 30 2 * * ?");
    assertThat(shop.profile()).isEqualTo(3);
    assertThat(shop.enabled()).isFalse();
    assertThat(shop.tags()).containsExactly("a", "b");
    assertThat(shop.retry().unreachable()).isEqualTo(7);
    assertThat(shop.overrides()).containsEntry("akeeba.x", "1");
    assertThat(shop.title()).isEqualTo("Müller's, \"bakery\"");
    Site blog = configuration.sites().get("blog");
    assertThat(blog.secret().reveal()).isEqualTo("word-of-env");
    assertThat(blog.schedule()).isNull();
    assertThat(blog.profile()).isEqualTo(1);
    assertThat(blog.enabled()).isTrue();
    assertThat(blog.tags()).containsExactly("c");
    assertThat(configuration.sources())
        .singleElement()
        .satisfies(
            source -> {
              assertThat(source.place()).isEqualTo("config/sites.yaml:1: sources[0]");
              assertThat(source.sites()).isEqualTo(2);
              assertThat(source.warning()).isNull();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {";", "\t", ","})
  void the_separator_is_that_of_the_header_and_a_byte_order_mark_is_none_of_it(String separator)
      throws Exception {
    list(
        "sites.csv",
        "\uFEFFname,url,title\r\nshop,https://shop.example,Shop\r\n".replace(",", separator));
    assertThat(load(ENTRY.formatted("sites.csv")).sites().get("shop").title()).isEqualTo("Shop");
  }

  @Test
  void json_and_yaml_lists_have_values_of_all_types() throws Exception {
    list(
        "sites.json",
        """
        [
        \t{"name": "one", "url": "https:\\/\\/one.example", "profile": 2, "enabled": true,
        \t "tags": ["a", "b"], "retry": {"unreachable": 7}, "comment": null, "title": "\\ud83d\\ude00"},
        \t{"name": "two", "url": "https://two.example", "profile": "3", "title": ""}
        ]
        """);
    list(
        "more.yaml",
        "- {name: three, url: \"https://three.example\", profile: 4, tags: c}\n# end\n");

    Map<String, Site> sites =
        load("""
                defaults: {secret: word-of-all}
                sites: {zero: {url: "https://zero.example"}}
                sources: [{from: sites.json}, {from: more.yaml}]
                """)
            .sites();

    assertThat(sites.keySet()).containsExactly("zero", "one", "two", "three");
    assertThat(sites.get("one").profile()).isEqualTo(2);
    assertThat(sites.get("one").tags()).containsExactly("a", "b");
    assertThat(sites.get("one").retry().unreachable()).isEqualTo(7);
    assertThat(sites.get("one").comment()).isEmpty();
    assertThat(sites.get("one").title()).isEqualTo("\uD83D\uDE00");
    assertThat(sites.get("two").profile()).isEqualTo(3);
    assertThat(sites.get("two").title()).isNull();
    assertThat(sites.get("three").profile()).isEqualTo(4);
    assertThat(sites.get("three").tags()).containsExactly("c");
  }

  @Test
  void the_template_fills_in_columns_and_comes_between_the_row_and_the_defaults() throws Exception {
    Files.createDirectories(home.resolve("secrets"));
    Files.writeString(home.resolve("secrets/shop.example"), "word-of-shop");
    Files.writeString(home.resolve("secrets/blog.example"), "word-of-blog");
    list(
        "customers.csv",
        """
        domain,customer,level,comment,backups at
        shop.example,Shop & Co.,gold,mine,4
        blog.example,,,,5
        """);

    Map<String, Site> sites =
        load("""
                defaults: {comment: of the defaults, zone: Europe/Athens, busyWait: 5m}
                sources:
                  - from: customers.csv
                    name: "{domain}"
                    template:
                      url: "https://{domain}/cms"
                      secretFile: "secrets/{domain}"
                      title: "{customer}"
                      tags: ["customers", "level-{level}"]
                      description: "{customer}: backup of {site}, {date}"
                      schedule: "0 0 {backups at} * * ?"
                      comment: of the template
                      overrides: {a: 1, b: "{domain}"}
                      zone: "{{env:ZONE}}"
                """
                .replace("{{env:ZONE}}", "Europe/Berlin"))
            .sites();

    Site shop = sites.get("shop.example");
    assertThat(shop.url()).hasToString("https://shop.example/cms/");
    assertThat(shop.secret().reveal()).isEqualTo("word-of-shop");
    assertThat(shop.title()).isEqualTo("Shop & Co.");
    assertThat(shop.tags()).containsExactly("customers", "level-gold");
    assertThat(shop.description()).isEqualTo("Shop & Co.: backup of {site}, {date}");
    assertThat(shop.schedule()).isEqualTo("0 0 4 * * ?");
    assertThat(shop.comment()).isEqualTo("mine");
    assertThat(shop.overrides()).containsOnly(Map.entry("a", "1"), Map.entry("b", "shop.example"));
    assertThat(shop.zone().getId()).isEqualTo("Europe/Berlin");
    assertThat(shop.busyWait()).hasMinutes(5);
    Site blog = sites.get("blog.example");
    assertThat(blog.title()).isNull();
    assertThat(blog.tags()).containsExactly("customers");
    assertThat(blog.comment()).isEqualTo("of the template");
    assertThat(blog.description()).isEqualTo("Backup of {site}, {date} {time}");
  }

  @Test
  void a_column_of_the_name_of_a_backups_value_is_meant_first() throws Exception {
    list("sites.csv", "name,date,url\nshop,spring,https://shop.example\n");
    assertThat(
            load("""
                    sources:
                      - {from: sites.csv, template: {secret: word-of-all, description: "{site} {date} {time}"}}
                    """)
                .sites()
                .get("shop")
                .description())
        .isEqualTo("{site} spring {time}");
  }

  @Test
  void rules_and_triggers_may_name_the_sites_of_a_list() throws Exception {
    list("sites.csv", "name,url\nshop,https://shop.example\n");
    Configuration configuration =
        load(
            ENTRY.formatted("sites.csv")
                + """
                channels: {hook: {type: webhook, url: "https://erp.example/in"}}
                notify: [{on: failed, to: hook, sites: shop}]
                triggers: [{from: "seda:in", site: shop}]
                """);
    assertThat(configuration.sites()).containsOnlyKeys("shop");
  }

  @Test
  void a_list_in_a_file_of_the_folder_has_the_defaults_of_that_file() throws Exception {
    list("sites.csv", "name,url\nshop,https://shop.example\n");
    Files.createDirectories(config.resolve("sites.d"));
    list(
        "sites.d/a.yaml",
        "defaults: {secret: word-of-all, comment: of the part}\nsources: [{from: sites.csv}]\n");
    assertThat(load("sites: {}\n").sites().get("shop").comment()).isEqualTo("of the part");
  }

  @Test
  void a_wrong_row_is_told_with_its_number_and_all_at_once() throws Exception {
    list(
        "sites.csv",
        """
        name,url,schedule,profile
        one,https://one.example,tomorrow,x
        two,,,
        ,https://three.example,,
        a b,https://four.example,,
        one,https://five.example,,
        six,https://six.example,,
        """);
    assertThat(
            problems(
                ENTRY.formatted("sites.csv")
                    + "sites:\n  six: {url: \"https://six.example\", secret: word-of-six}\n"))
        .satisfiesExactly(
            one -> assertThat(one).startsWith("config/sites.csv row 2: sites.one.profile: must be"),
            one -> assertThat(one).startsWith("config/sites.csv row 2: sites.one.schedule: 'tomor"),
            one ->
                assertThat(one).startsWith("config/sites.csv row 3: sites.two: 'url' is missing"),
            one ->
                assertThat(one)
                    .startsWith("config/sites.csv row 4: the site has no name: a column"),
            one -> assertThat(one).startsWith("config/sites.csv row 5: sites.a b: is not a name"),
            one ->
                assertThat(one)
                    .isEqualTo(
                        "config/sites.csv row 6: sites.one: stands here and in row 2; keep one of the two"),
            one ->
                assertThat(one)
                    .isEqualTo(
                        "config/sites.csv row 7: sites.six: stands here and in"
                            + " config/sites.yaml:4; keep one of the two"));
  }

  @Test
  void of_ten_thousand_wrong_rows_the_first_twenty_are_told() throws Exception {
    list(
        "sites.csv",
        "name,url\n"
            + IntStream.range(0, 10_000)
                .mapToObj(i -> "shop-" + i + ",ftp://shop.example\n")
                .collect(Collectors.joining()));
    assertThat(problems(ENTRY.formatted("sites.csv")))
        .hasSize(21)
        .endsWith("config/sites.csv: and 9980 more");
  }

  @Test
  void a_wrong_value_of_the_template_is_told_once_where_it_stands() throws Exception {
    list("sites.csv", "name,url\none,https://one.example\ntwo,https://two.example\n");
    assertThat(
            problems(
                """
                sources:
                  - from: sites.csv
                    template:
                      secret: word-of-all
                      schedule: tomorrow
                      shedule: never
                """))
        .satisfiesExactly(
            one -> assertThat(one).startsWith("config/sites.yaml:5: sources[0].template.schedule:"),
            one ->
                assertThat(one)
                    .startsWith("config/sites.yaml:6: sources[0].template.shedule: unknown key"));
  }

  @Test
  void a_column_that_looks_like_a_key_is_a_problem_until_it_is_ignored() throws Exception {
    list("sites.csv", "name,url,shedule,phone\nshop,https://shop.example,never,123\n");
    assertThat(problems(ENTRY.formatted("sites.csv")))
        .containsExactly(
            "config/sites.csv row 1: the column 'shedule' is no key of a site; did you mean"
                + " 'schedule'? If not, name it under 'ignore'");

    Configuration configuration =
        load("sources: [{from: sites.csv, ignore: shedule, template: {secret: word-of-all}}]\n");

    assertThat(configuration.sources().get(0).unused()).containsExactly("phone");
    assertThat(new SitesLoader().warnings(configuration))
        .contains("config/sites.yaml:1: sources[0]: columns that nothing uses: phone");
  }

  @Test
  void a_column_that_is_not_there_is_told_with_those_that_are() throws Exception {
    list("sites.csv", "domain,url\nshop,https://shop.example\n");
    assertThat(problems(ENTRY.formatted("sites.csv")))
        .containsExactly(
            "config/sites.yaml:2: sources[0].from: config/sites.csv: 'name' or 'template' names the"
                + " column 'name', which it does not have; it has: domain, url");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.csv|''|it has no row; a list without sites is not believed",
        "a.csv|name,url\\n|it has no row; a list without sites is not believed",
        "a.csv|name,name\\na,b\\n|its header has a column twice",
        "a.csv|name,url\\na,b,c\\n|its row 2 has more values than the header has columns; a value"
            + " with a separator must be in quotes",
        "a.csv|name,url\\n\"a,b\\n|it is not CSV: after row 2 a quotation mark is not closed, or"
            + " stands in a value; write it twice there",
        "a.json|{}|it must be a list of sites, a mapping of keys each",
        "a.json|[1]|it must be a list of sites, a mapping of keys each",
        "a.json|[] x|it is not JSON (line 1, column 4)",
        "a.json|[{\"secret\": hunter2}]|it is not JSON (line 1, column 13)",
        "a.json|[{\"a\": 1, \"a\": 2}]|a key stands twice in one row (line 1, column 14)",
        "a.json|[]|it has no row; a list without sites is not believed",
        "a.yaml|sites: {}|it must be a list of sites, a mapping of keys each",
        "a.yaml|# nothing|it must be a list of sites, a mapping of keys each",
        "a.yaml|- {a: @hunter2}|it cannot be read as YAML: line 1:7: not YAML: a value that begins"
            + " with % @ or ` must be in quotes",
        "a.txt|name,url|neither its type nor its name says what it is; write 'format: csv', json or"
            + " yaml",
      })
  void a_file_that_is_no_list_is_a_problem_that_repeats_nothing_of_it(
      String name, String text, String sentence) throws Exception {
    list(name, text.replace("\\n", "\n"));
    assertThat(problems(ENTRY.formatted(name)))
        .containsExactly(
            "config/sites.yaml:2: sources[0].from: config/%s: %s".formatted(name, sentence));
  }

  @Test
  void a_format_that_is_named_counts_more_than_an_ending() throws Exception {
    list("list.txt", "name,url,secret\nshop,https://shop.example,word-of-shop\n");
    assertThat(load("sources: [{from: list.txt, format: csv}]\n").sites()).containsOnlyKeys("shop");
  }

  @Test
  void other_letters_and_too_much_are_refused() throws Exception {
    Files.write(
        config.resolve("sites.csv"), "name,url\né,x\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(problems(ENTRY.formatted("sites.csv")))
        .singleElement()
        .asString()
        .endsWith("config/sites.csv: it is not UTF-8 text");
    Files.write(config.resolve("sites.csv"), new byte[16 * 1024 * 1024 + 1]);
    assertThat(problems(ENTRY.formatted("sites.csv")))
        .singleElement()
        .asString()
        .contains("it is larger than 16 MiB");
    list("sites.csv", "name\n" + "x\n".repeat(50_001));
    assertThat(problems(ENTRY.formatted("sites.csv")))
        .singleElement()
        .asString()
        .endsWith("it has more than 50000 rows");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{template: {}}|sources[0]: 'from' is missing; write the name of a file such as sites.csv,"
            + " an address, or the URI of a Camel endpoint, or 'fromFile'",
        "{from: \"http://inventory.example/\"}|sources[0].from: must begin with https://: whoever"
            + " listens reads the list and may change it; http is for this machine only",
        "{from: \"https:inventory\"}|sources[0].from: must begin with http:// or https:// and a"
            + " host",
        "{from: a.csv, token: abcdef}|sources[0].token: is sent to an address only, https:// or"
            + " http://; here 'from' is none",
        "{from: \"https://a:b@x.example/\", token: abcdef}|sources[0].token: there is more than one"
            + " of token, user:password@ in 'from' and the header Authorization; keep one",
        "{from: a.csv, format: xml}|sources[0].format: unknown word 'xml'; allowed: csv, json, yaml",
        "{from: a.csv, timeout: 0s}|sources[0].timeout: must be longer than 0; write 90s, 15m,"
            + " 6h, 2d or 1h30m",
        "{from: a.csv}|sources[0].from: there is no such file; a relative name starts at the folder"
            + " of sites.yaml; there is no good list of an earlier time either: at the first start"
            + " it must be there",
        "{from: \".\"}|sources[0].from: it is a directory; there is no good list of an earlier time"
            + " either: at the first start it must be there",
        "{from: \"nosuch:thing\"}|sources[0].from: there is no component of this name; put its jar,"
            + " and those that it needs, into lib/; there is no good list of an earlier time either: at the first start it"
            + " must be there",
      })
  void a_wrong_entry_is_one_line_with_its_place(String entry, String sentence) {
    assertThat(problems("sites: {}\nsources:\n  - " + entry + "\n"))
        .containsExactly("config/sites.yaml:3: " + sentence);
  }

  @Test
  void while_a_list_is_not_there_no_name_is_called_unknown() {
    assertThat(
            problems(
                """
                sources: [{from: a.csv}]
                channels: {hook: {type: webhook, url: "https://erp.example/in"}}
                notify: [{on: failed, to: hook, sites: shop}]
                """))
        .hasSize(1);
  }
}
