package io.github.camelakeeba.app.cli.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.app.cli.Program;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.yaml.SitesLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sites of other programs, from files as these write them. */
@Tag("slow")
class ImportCommandTest {
  private static final Path FILES = Path.of("src/test/resources/import");
  private static final String TOKEN =
      "c2hhMjU2OjQyOkVYQU1QTEUtVE9LRU4tTk9ULUEtUkVBTC1DUkVERU5USUFMUw==";

  @TempDir Path folder;

  private Path home() throws IOException {
    return Files.createDirectories(folder.resolve("home"));
  }

  private Program.Ended run(String format, Path file, String... more) throws IOException {
    String[] arguments =
        Stream.concat(Stream.of("import", format, file.toString()), Stream.of(more))
            .toArray(String[]::new);
    Program.Ended ended = new Program(home()).run(arguments);
    for (String secret :
        List.of(
            "Secret=Word", "Secret\"-1234", "Koeln-Secret", "0123456789abcdef", TOKEN, "hush")) {
      assertThat(ended.out() + ended.err()).doesNotContain(secret);
    }
    return ended;
  }

  /** The YAML as the program reads it, with a home that has the secrets. */
  private Configuration read(String yaml) throws IOException {
    return new SitesLoader()
        .load(
            yaml,
            "config/sites.yaml",
            home(),
            text -> text.replace("{{env:BLOG_SECRET}}", "Blog-Secret-1234"));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(home())) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.resolve("home").relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void sections_of_remote_cli_are_sites_and_those_of_the_same_host_one() throws Exception {
    Program.Ended imported = run("remote-cli", FILES.resolve("akeebaremotecli.ini"));

    assertThat(imported.code()).as(imported.err()).isZero();
    var sites = read(imported.out()).sites();
    assertThat(sites.keySet()).containsExactly("default", "mybackup", "nightly-zoes");
    assertThat(sites.get("default").secret().reveal()).isEqualTo("Default;Secret=Word");
    Site bakery = sites.get("mybackup");
    assertThat(bakery.secret().reveal()).isEqualTo("0123456789abcdef0123456789abcdef");
    assertThat(bakery.profile()).isEqualTo(2);
    assertThat(bakery.download().displayLocation()).contains("/srv/backups/bakery");
    assertThat(bakery.onServer().word()).isEqualTo("keep");
    Site nightly = sites.get("nightly-zoes");
    assertThat(nightly.token().reveal()).isEqualTo(TOKEN);
    assertThat(nightly.secret()).isNull();
    assertThat(nightly.title()).isEqualTo("Nightly: Zoë's");
    assertThat(nightly.description()).isEqualTo("Nightly backup of {site}");
    assertThat(sites.values()).extracting(Site::schedule).containsOnly("0 30 2 * * ?");
    assertThat(imported.err())
        .contains("akeebaremotecli.ini:15: [example]: is the site of [mybackup] again")
        .contains("backup NAME --profile 3")
        .contains("[mybackup] delete: is not taken over")
        .contains("left out: dlmode")
        .contains("'Nightly: Zoë's' is no name of a site")
        .contains("3; 3 new files in config/secrets");
    assertThat(files())
        .containsExactly(
            "config/secrets/default", "config/secrets/mybackup", "config/secrets/nightly-zoes");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(home().resolve("config/secrets/default"))))
        .isEqualTo("rw-------");
  }

  @Test
  void a_table_of_excel_is_read_with_quotes_line_breaks_and_semicolons() throws Exception {
    Program.Ended imported =
        run("csv", FILES.resolve("customers.csv"), "--schedule", "daily at 4:00");

    // the environment variable of one of them is not set here
    assertThat(imported.code()).isEqualTo(ExitCode.USAGE);
    assertThat(imported.errLines())
        .containsExactly(
            "customers.csv:4: column 3 (secret): the environment variable BLOG_SECRET is not set");
    assertThat(files()).isEmpty();

    Files.writeString(
        Files.createDirectories(home().resolve("config")).resolve("application.properties"),
        "blog-secret = Blog-Secret-1234\n");
    Path customers =
        Files.writeString(
            folder.resolve("customers.csv"),
            Files.readString(FILES.resolve("customers.csv"))
                .replace("{{env:BLOG_SECRET}}", "{{blog-secret}}"));
    Program.Ended good = run("csv", customers, "--schedule", "daily at 4:00");
    assertThat(good.code()).as(good.err()).isZero();
    var sites = read(good.out().replace("{{blog-secret}}", "Blog-Secret-1234")).sites();
    assertThat(sites.keySet()).containsExactly("shop", "blog", "koln-7");
    Site shop = sites.get("shop");
    assertThat(shop.secret().reveal()).isEqualTo("Shop;\"Secret\"-1234");
    assertThat(shop.title()).isEqualTo("Müller's\r\nbakery");
    assertThat(shop.tags()).containsExactly("customers", "vip");
    assertThat(shop.profile()).isEqualTo(2);
    assertThat(shop.download().keep()).isEqualTo(7);
    assertThat(shop.schedule()).isEqualTo("0 0 3 ? * MON");
    assertThat(sites.get("blog").schedule()).isEqualTo("0 0 4 * * ?");
    assertThat(sites.get("koln-7").schedule()).isNull();
    assertThat(sites.get("koln-7").enabled()).isFalse();
    assertThat(sites.get("koln-7").url()).hasToString("https://www.koeln.example/");
    assertThat(good.out()).contains("secret: \"{{blog-secret}}\"");
    assertThat(files())
        .containsExactly(
            "config/application.properties", "config/secrets/koln-7", "config/secrets/shop");
  }

  @Test
  void every_column_but_two_is_a_key_of_a_site() throws Exception {
    var keys =
        new ObjectMapper()
            .readTree(Path.of("config/sites.schema.json").toFile())
            .at("/$defs/site/properties");
    assertThat(CsvFile.COLUMNS)
        .filteredOn(column -> !List.of("name", "keep").contains(column))
        .allSatisfy(column -> assertThat(keys.has(column)).as(column).isTrue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "url,secrt|a.example,x|f.csv:1: column 2 (secrt): is not a column; did you mean 'secret'?",
        "url,secret,url|a.example,abcdefgh,|f.csv:1: column 3 (url): stands there twice",
        "name,secret|a,abcdefgh|f.csv:1: there is no column 'url'",
        "url,secret|a.example,abcdefgh,x|f.csv:2: has 3 cells, the first row 2",
        "url,secret,profile|a.example,abcdefgh,two|f.csv:2: column 3 (profile): ",
        "url,secret,enabled|a.example,abcdefgh,maybe|f.csv:2: column 3 (enabled): ",
        "url,secret,schedule|a.example,abcdefgh,sometimes|f.csv:2: column 3 (schedule): ",
        "url,secret,keep|a.example,abcdefgh,7|f.csv:2: column 3 (keep): goes with the column",
        "url,secret|,abcdefgh|f.csv:2: 'url' is missing",
        "url,secret|ftp://a.example,abcdefgh|f.csv:2: column 1 (url): ",
        "url,secretFile|a.example,config/none|f.csv:2: column 2 (secretFile): ",
        "url,secret|a.example,\"abc|f.csv:2: is not CSV",
        "url,secret|https://a.example/{{env:PATH}},abcdefgh|f.csv:2: column 1 (url): must not hold {{",
        "name,url,secret|Shop {{env:PATH}},a.example,abcdefgh|f.csv:2: must not hold {{",
        "url,secret,tags|a.example,abcdefgh,{{env:PATH}}|f.csv:2: column 3 (tags): must not hold {{",
      })
  void a_wrong_row_is_named_by_file_line_and_column(String head, String row, String sentence)
      throws Exception {
    Path file = Files.writeString(folder.resolve("f.csv"), head + "\n" + row + "\n");

    Program.Ended imported = run("csv", file);

    assertThat(imported.err()).startsWith(sentence);
    assertThat(imported.code()).isEqualTo(ExitCode.USAGE);
    assertThat(imported.out()).isEmpty();
    assertThat(files()).isEmpty();
  }

  @Test
  void names_and_addresses_that_stand_there_twice_are_all_told_and_nothing_is_written()
      throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("f.csv"),
            """
            name,url,secret
            shop,https://shop.example.com,abcdefgh
            Shop!,https://a.example.com,abcdefgh
            shop,https://b.example.com,abcdefgh
            other,http://SHOP.example.com/administrator/index.php,abcdefgh
            """);

    Program.Ended imported = run("csv", file);

    assertThat(imported.code()).isEqualTo(ExitCode.USAGE);
    assertThat(imported.errLines())
        .containsExactly(
            "f.csv:3: the name 'shop' is that of f.csv:2 already",
            "f.csv:4: the name 'shop' is that of f.csv:2 already",
            "f.csv:5: the address is that of f.csv:2 already; a site has one entry");
    assertThat(files()).isEmpty();
  }

  @Test
  void what_others_have_named_a_site_shows_nothing_of_this_machine() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("f.json"),
            """
            [{"id": 1, "name": "{{env:PATH}}", "url": "https://a.example/"},
             {"id": 2, "name": "b", "url": "https://b.example/",
              "config": {"akeebabackup": {"info": {"secret": "{{env:PATH}}"}}}}]
            """);
    assertThat(run("panopticon", file).errLines())
        .singleElement()
        .asString()
        .startsWith("f.json: site 1 ({{env:PATH}}): must not hold {{");

    Files.writeString(
        file, Files.readString(file).replace("\"{{env:PATH}}\", \"url", "\"a\", \"url"));
    assertThat(run("panopticon", file).out()).doesNotContain("{{");
    assertThat(home().resolve("config/secrets/b")).content().isEqualTo("{{env:PATH}}\n");
  }

  @Test
  void records_of_panopticon_hold_secrets() throws Exception {
    Program.Ended imported = run("panopticon", FILES.resolve("panopticon-records.json"));

    assertThat(imported.code()).as(imported.err()).isZero();
    var sites = read(imported.out()).sites();
    assertThat(sites.keySet())
        .containsExactly("mullers-bakery", "blog.example.com", "token.example.com");
    assertThat(sites.get("mullers-bakery").title()).isEqualTo("Müller's bakery");
    assertThat(sites.get("mullers-bakery").url()).hasToString("https://www.bakery.example/");
    assertThat(sites.get("mullers-bakery").secret().reveal()).isEqualTo("Bakery-Secret-1234");
    assertThat(sites.get("mullers-bakery").token()).isNull();
    assertThat(sites.get("blog.example.com").enabled()).isFalse();
    assertThat(sites.get("token.example.com").token()).isNotNull();
    assertThat(imported.err())
        .contains("site 2 (blog.example.com): has a user for HTTP basic auth")
        .contains("site 3 (token.example.com): has no secret word; Panopticon's own API token")
        .contains("site 4 (plain.example.com): is left out");
  }

  @ParameterizedTest
  @ValueSource(strings = {"panopticon-sites.json", "panopticon-site-list.json"})
  void lists_of_panopticon_have_no_secrets_which_is_said(String name) throws Exception {
    Program.Ended imported = run("panopticon", FILES.resolve(name));

    assertThat(imported.code()).as(imported.err()).isZero();
    assertThat(imported.out())
        .contains("    secretFile: config/secrets/mullers-bakery\n", "    enabled: false\n");
    assertThat(imported.err())
        .contains("No secret is known of: mullers-bakery, blog.example.com.", "0 new files");
    assertThat(files()).isEmpty();

    Program.Ended refused = run("panopticon", FILES.resolve(name), "--to", "config/sites.yaml");
    assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err()).startsWith("nothing was written: no secret is known of mullers");
    assertThat(files()).isEmpty();

    Files.createDirectories(home().resolve("config/secrets"));
    Files.writeString(home().resolve("config/secrets/mullers-bakery"), "Bakery-Secret-1234");
    Files.writeString(home().resolve("config/secrets/blog.example.com"), "Blog-Secret-1234");
    assertThat(run("panopticon", FILES.resolve(name), "--to", "config/sites.yaml").code()).isZero();
    assertThat(new Program(home()).run("check").code()).isZero();
  }

  @Test
  void a_list_of_panopticon_that_is_one_page_of_several_is_refused() throws Exception {
    Path page =
        Files.writeString(
            folder.resolve("page.json"),
            Files.readString(FILES.resolve("panopticon-sites.json"))
                .replace("\"total\": 2", "\"total\": 120"));

    Program.Ended imported = run("panopticon", page);

    assertThat(imported.code()).isEqualTo(ExitCode.USAGE);
    assertThat(imported.errLines())
        .containsExactly("page.json: has 2 of 120 sites; ask for all of them with ?limit=120");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "panopticon|nothing to see|f:1: is not JSON",
        "panopticon|{\"success\": false, \"message\": \"Invalid token\"}|f: holds an answer that is an error: Invalid token",
        "panopticon|[]|f: holds no site",
        "panopticon|[1]|f: holds something else",
        "remote-cli|; nothing|f: holds no section",
        "remote-cli|[a]|f:1: [a]: has no host",
        "remote-cli|just words|f:1: must be [section], key=value",
        "csv|''|f:1: the file is empty",
      })
  void a_file_of_another_kind_is_2_and_one_sentence(String format, String text, String sentence)
      throws Exception {
    Path file = Files.writeString(folder.resolve("f"), text);

    Program.Ended imported = run(format, file);

    assertThat(imported.err()).startsWith(sentence);
    assertThat(imported.code()).isEqualTo(ExitCode.USAGE);
    assertThat(imported.out()).isEmpty();
  }

  @Test
  void sites_are_added_to_a_file_and_what_is_there_stays() throws Exception {
    String old =
        """
        # ours
        sites:
          old:   # the first
            url: https://old.example.com
            secret: abcdefgh
        limits: {perHost: 2}
        """;
    new Program(home()).sites(old);
    Path customers =
        Files.writeString(
            folder.resolve("customers.csv"),
            "url,secret\nwww.one.example,Secret-One\nhttps://old.example.com/,Secret-Two\n");

    Program.Ended twice = run("csv", customers, "--to", "config/sites.yaml");
    assertThat(twice.code()).isEqualTo(ExitCode.USAGE);
    assertThat(twice.errLines())
        .containsExactly(
            "customers.csv:3: the address is that of the site 'old', which is there already");
    assertThat(home().resolve("config/sites.yaml")).hasContent(old);

    Files.writeString(customers, "url,secret,profile\nwww.one.example,Secret-One,x\n");
    assertThat(run("csv", customers, "--to", "config/sites.yaml").err())
        .startsWith("customers.csv:2: column 3 (profile): ");

    Files.writeString(customers, "name,url,secret\nold,www.one.example,Secret-One\n");
    assertThat(run("csv", customers, "--to", "config/sites.yaml").errLines())
        .containsExactly("customers.csv:2: there is a site 'old' already");

    Files.writeString(customers, "url,secret\nwww.one.example,Secret-One\n");
    Program.Ended added = run("csv", customers, "--to", "config/sites.yaml");
    assertThat(added.code()).as(added.err()).isZero();
    assertThat(added.out()).isEmpty();
    assertThat(home().resolve("config/sites.yaml"))
        .hasContent(
            old.replace(
                "limits",
                """
                  one:
                    url: www.one.example
                    secretFile: config/secrets/one
                    schedule: daily at 02:30
                limits\
                """));
    assertThat(files()).containsExactly("config/secrets/one", "config/sites.yaml");
    assertThat(added.err()).contains("added to config/sites.yaml: 1; 1 new file in");
  }

  @Test
  void sites_are_added_to_a_file_of_their_own_and_checked_with_all_others() throws Exception {
    new Program(home()).sites("sites: {old: {url: \"https://old.example.com\", secret: abcdefgh}}");
    Path customers =
        Files.writeString(
            folder.resolve("customers.csv"), "name,url,secret\nold,www.one.example,Secret-One\n");
    String to = "config/sites.d/customers.yaml";

    Program.Ended twice = run("csv", customers, "--to", to);
    assertThat(twice.code()).isEqualTo(ExitCode.USAGE);
    assertThat(twice.err()).contains("config/sites.yaml");
    assertThat(files()).containsExactly("config/sites.yaml");

    Files.writeString(customers, "name,url,secret\none,www.one.example,Secret-One\n");
    assertThat(run("csv", customers, "--to", to).code()).isZero();
    Files.writeString(customers, "name,url,secret,zone\ntwo,www.two.example,Secret-Two,Nowhere\n");
    assertThat(run("csv", customers, "--to", to).err())
        .startsWith("customers.csv:2: column 4 (zone): ");
    assertThat(files()).containsExactly("config/secrets/one", to, "config/sites.yaml");
    assertThat(new Program(home()).run("check", "--json").out()).contains("\"old\"", "\"one\"");
  }

  @Test
  void a_file_that_is_not_there_or_a_wrong_schedule_is_2() throws Exception {
    assertThat(run("csv", folder.resolve("none.csv")).err())
        .endsWith("none.csv is not readable: no such file\n");
    assertThat(run("csv", folder).err()).contains("is not readable: it is a directory");
    Program.Ended schedule = run("csv", FILES.resolve("customers.csv"), "--schedule", "whenever");
    assertThat(schedule.err()).startsWith("--schedule: it ");
    assertThat(schedule.code()).isEqualTo(ExitCode.USAGE);
    assertThat(new Program(home()).run("import").code()).isEqualTo(ExitCode.USAGE);
  }
}
