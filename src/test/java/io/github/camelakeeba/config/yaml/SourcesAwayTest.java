package io.github.camelakeeba.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.source.Sources;
import io.github.camelakeeba.secret.SecretMasker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists from elsewhere: what they may say, and what becomes of their sites while they are away. */
class SourcesAwayTest {
  private static final Instant EARLIER = Instant.parse("2026-01-02T03:04:05Z");
  private static final String CSV = "name,url\nshop,https://shop.example\n";

  @TempDir Path home;
  private final CountDownLatch closed = new CountDownLatch(1);
  private HttpServer server;
  private volatile Answer answer = exchange -> send(exchange, 200, "text/csv", CSV);
  private volatile Map<String, List<String>> headers;

  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void serve() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          headers = Map.copyOf(exchange.getRequestHeaders());
          answer.to(exchange);
        });
    server.start();
  }

  @AfterEach
  void stop() {
    closed.countDown();
    server.stop(0);
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/lists/of-secret-customers";
  }

  private Path copies() {
    return home.resolve("data/sources");
  }

  private Path copy() throws IOException {
    try (Stream<Path> files = Files.list(copies())) {
      return files.reduce((one, other) -> null).orElseThrow();
    }
  }

  private Configuration load(String entry, Sources sources) throws Exception {
    String yaml = "defaults: {secret: word-of-all}\nsources:\n  - " + entry + "\n";
    Configuration read =
        new SitesLoader(template -> null, sources)
            .load(LoaderMessage.write(home, yaml), text -> text);
    sources.taken();
    return read;
  }

  private Configuration load(String entry) throws Exception {
    return load(entry, Sources.kept(copies()));
  }

  private Configuration load() throws Exception {
    return load("{from: \"%s\"}".formatted(address()));
  }

  private List<String> problems(String entry) {
    ConfigurationException refused =
        catchThrowableOfType(ConfigurationException.class, () -> load(entry));
    return refused == null ? List.of() : refused.problems();
  }

  private List<String> problems() {
    return problems("{from: \"%s\"}".formatted(address()));
  }

  @Test
  void a_list_over_http_is_read_with_its_credentials_and_headers() throws Exception {
    Files.writeString(home.resolve("token"), "token-of-inventory\n");
    Configuration configuration =
        load(
            "{from: \"%s\", tokenFile: token, headers: {X-Api-Key: key-of-inventory}}"
                .formatted(address()));
    assertThat(configuration.sites()).containsOnlyKeys("shop");
    assertThat(headers.get("Authorization")).containsExactly("Bearer token-of-inventory");
    assertThat(headers.get("X-api-key")).containsExactly("key-of-inventory");
    assertThat(SecretMasker.mask("token-of-inventory key-of-inventory")).isEqualTo("*** ***");

    load("{from: \"%s\"}".formatted(address().replace("//", "//user:pass-word@")));
    assertThat(headers.get("Authorization")).containsExactly("Basic dXNlcjpwYXNzLXdvcmQ=");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json; charset=utf-8|[{\"name\": \"shop\", \"url\": \"https://shop.example\"}]",
        "application/hal+json|[{\"name\": \"shop\", \"url\": \"https://shop.example\"}]",
        "application/yaml|- {name: shop, url: https://shop.example}",
      })
  void the_content_type_says_what_it_is(String type, String body) throws Exception {
    answer = exchange -> send(exchange, 200, type, body);
    assertThat(load().sites()).containsOnlyKeys("shop");
  }

  @Test
  @Tag("fault")
  void while_a_source_is_away_its_last_good_list_counts_and_it_is_told_since_when()
      throws Exception {
    String fingerprint = load().fingerprint();
    assertThat(copy()).content().isEqualTo(CSV);
    Files.setLastModifiedTime(copy(), FileTime.from(EARLIER));
    server.stop(0);

    Configuration configuration = load();

    assertThat(configuration.sites()).containsOnlyKeys("shop");
    assertThat(configuration.fingerprint()).isEqualTo(fingerprint);
    assertThat(configuration.sources())
        .singleElement()
        .satisfies(source -> assertThat(source.keptAt()).isEqualTo(EARLIER));
    assertThat(new SitesLoader().warnings(configuration))
        .contains(
            "config/sites.yaml:3: sources[0]: it cannot be reached; its sites are those of"
                + " 2026-01-02T03:04:05Z, the last time it was read");
    assertThat(copy()).content().isEqualTo(CSV);
    assertThat(Files.getLastModifiedTime(copy()).toInstant()).isEqualTo(EARLIER);
  }

  @Test
  @Tag("fault")
  void at_the_first_start_a_source_that_is_away_is_a_problem_that_names_no_address() {
    server.stop(0);
    assertThat(problems())
        .containsExactly(
            "config/sites.yaml:3: sources[0].from: it cannot be reached; there is no good list of"
                + " an earlier time either: at the first start it must be there");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500|text/csv|name,url|it answered HTTP 500",
        "302|text/csv|name,url|it answered HTTP 302, a redirect; write the address that it leads to",
        "200|text/html|<form>sign in</form>|it answered with a page, not with a list",
        "200|text/csv|name,url|it has no row; a list without sites is not believed",
        "200|application/json|{\"error\": 1}|it must be a list of sites, a mapping of keys each",
        "200|application/json|[{\"name\": \"shop\", \"url|it is not JSON (line 1, column 23)",
        "200|text/csv|error|it has no row; a list without sites is not believed",
        "200|text/plain|name,url|neither its type nor its name says what it is; write 'format: csv',"
            + " json or yaml",
      })
  @Tag("fault")
  void an_answer_that_is_no_list_counts_as_away(int status, String type, String body, String reason)
      throws Exception {
    load();
    answer = exchange -> send(exchange, status, type, body);
    assertThat(load().sources())
        .singleElement()
        .satisfies(source -> assertThat(source.reason()).isEqualTo(reason));
    assertThat(copy()).content().isEqualTo(CSV);
    Files.delete(copy());
    assertThat(problems()).singleElement().asString().contains("sources[0].from: " + reason);
  }

  @Test
  @Tag("fault")
  void a_source_that_does_not_answer_is_waited_for_so_long_only() throws Exception {
    load();
    answer =
        exchange -> {
          try {
            closed.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    assertThat(load("{from: \"%s\", timeout: 50ms}".formatted(address())).sources())
        .singleElement()
        .satisfies(source -> assertThat(source.reason()).isEqualTo("it did not answer in time"));
  }

  @Test
  void a_list_that_trickles_in_is_waited_for_so_long_only_and_keeps_no_thread() throws Exception {
    load();
    answer =
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/csv");
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write("name,url\n".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          try {
            closed.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    assertThat(load("{from: \"%s\", timeout: 200ms}".formatted(address())).sources())
        .singleElement()
        .satisfies(source -> assertThat(source.reason()).isEqualTo("it did not answer in time"));
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .doesNotContain("backup-source"));
  }

  @Test
  void names_of_a_list_from_elsewhere_make_no_lines_of_their_own() {
    answer =
        exchange ->
            send(
                exchange,
                200,
                "application/json",
                "[{\"name\": \"a\\n\\u001b[2Jb\", \"url\": \"x.example\"}, {\"name\": \"a\\n\\u001b[2Jb\", \"Ur\\nl\": 1}]");
    assertThat(problems())
        .hasSizeGreaterThan(1)
        .noneMatch(one -> one.matches("(?s).*\\p{Cntrl}.*"));
    assertThat(problems("{from: \"%s\", name: \"{x}\"}".formatted(address())))
        .singleElement()
        .asString()
        .contains("which it does not have; it has: name, url, Ur l;");
  }

  @Test
  void a_list_that_is_too_large_is_not_read_to_its_end() throws Exception {
    load();
    answer =
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/csv");
          exchange.sendResponseHeaders(200, 0);
          byte[] line = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
          try (var body = exchange.getResponseBody()) {
            for (int i = 0; i < 100; i++) {
              body.write(line);
            }
          } catch (IOException e) {
            // it has hung up
          }
        };
    assertThat(load().sources())
        .singleElement()
        .satisfies(source -> assertThat(source.reason()).isEqualTo("it is larger than 16 MiB"));
  }

  @Test
  @Tag("fault")
  void a_wrong_row_is_a_problem_and_the_good_copy_stays() throws Exception {
    load();
    answer = exchange -> send(exchange, 200, "text/csv", CSV + "blog,ftp://blog.example\n");
    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("config/sites.yaml:3: sources[0] row 3: sites.blog.url: ");
    assertThat(copy()).content().isEqualTo(CSV);
  }

  private static String rows(int from, int to) {
    StringBuilder csv = new StringBuilder("name,url\n");
    for (int i = from; i <= to; i++) {
      csv.append("site-%s,https://site-%s.example\n".formatted(i, i));
    }
    return csv.toString();
  }

  @Test
  @Tag("fault")
  void a_list_that_lost_more_than_half_of_its_sites_is_not_believed() throws Exception {
    answer = exchange -> send(exchange, 200, "text/csv", rows(1, 900));
    assertThat(load().sites()).hasSize(900);
    // as many as before, but others, are as gone as none
    for (String half : List.of(rows(1, 3), rows(898, 1797), rows(452, 900))) {
      answer = exchange -> send(exchange, 200, "text/csv", half);
      Configuration configuration = load();
      assertThat(configuration.sites()).hasSize(900).containsKey("site-900");
      assertThat(new SitesLoader().warnings(configuration))
          .anySatisfy(
              warning ->
                  assertThat(warning)
                      .matches(
                          "config/sites.yaml:3: sources\\[0]: it has only (3|449) of the 900 sites of the last good"
                              + " list, and is not believed; if those are to go, write 'shrunk: 0%' until it is"
                              + " taken; its sites are those of .*, the last time it was read"));
      assertThat(copy()).content().isEqualTo(rows(1, 900));
    }
  }

  @Test
  void sites_that_leave_a_list_are_named_and_as_many_as_are_allowed_may_go() throws Exception {
    answer = exchange -> send(exchange, 200, "text/csv", rows(1, 4));
    load();
    answer = exchange -> send(exchange, 200, "text/csv", rows(3, 5));
    Configuration half = load();
    assertThat(half.sites()).containsOnlyKeys("site-3", "site-4", "site-5");
    assertThat(half.sources().get(0).warning())
        .isEqualTo(
            "config/sites.yaml:3: sources[0]: sites that the last good list had and this one has"
                + " not, backed up no more unless they stand elsewhere: site-1, site-2");
    assertThat(load().sources().get(0).warning()).isNull();

    answer = exchange -> send(exchange, 200, "text/csv", rows(9, 9));
    String entry = "{from: \"%s\", shrunk: %s}";
    assertThat(load(entry.formatted(address(), "0%")).sites()).containsOnlyKeys("site-9");
    assertThat(problems(entry.formatted(address(), "half")))
        .containsExactly(
            "config/sites.yaml:3: sources[0].shrunk: must be a percentage from 0% to 100%");
  }

  @Test
  @Tag("fault")
  void a_file_that_lost_more_than_half_of_its_sites_is_a_problem() throws Exception {
    Path list = Files.createDirectories(home.resolve("config")).resolve("sites.csv");
    Files.writeString(list, rows(1, 9));
    load("{from: sites.csv}");
    Files.writeString(list, rows(1, 3));
    assertThat(problems("{from: sites.csv}"))
        .containsExactly(
            "config/sites.yaml:3: sources[0].from: config/sites.csv: it has only 3 of the 9 sites of"
                + " the last good list, and is not believed; if those are to go, write 'shrunk: 0%'"
                + " until it is taken");
    assertThat(load("{from: sites.csv, shrunk: 0%}").sites()).hasSize(3);
    assertThat(load("{from: sites.csv}").sites()).hasSize(3);
  }

  @Test
  @Tag("fault")
  void lists_of_one_address_for_several_tokens_are_kept_apart() throws Exception {
    answer =
        exchange -> {
          String token = exchange.getRequestHeaders().getFirst("Authorization").substring(7);
          String site = token.substring(9);
          send(
              exchange, 200, "text/csv", "name,url\n%s,https://%s.example\n".formatted(site, site));
        };
    String both =
        "{from: \"%s\", token: token-of-one, template: {secret: word-of-one}}\n  - {from: \"%s\", token: token-of-two, template: {secret: word-of-two}}"
            .formatted(address(), address());
    load(both);
    server.stop(0);
    Configuration kept = load(both);
    assertThat(kept.sites()).containsOnlyKeys("one", "two");
    kept.sites()
        .values()
        .forEach(site -> assertThat(site.secret().reveal()).isEqualTo("word-of-" + site.name()));
  }

  @Test
  void a_copy_is_for_its_owner_only_since_it_may_hold_secrets() throws Exception {
    load();
    org.junit.jupiter.api.Assumptions.assumeTrue(
        copies().getFileSystem().supportedFileAttributeViews().contains("posix"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copies())))
        .isEqualTo("rwx------");
    Files.setPosixFilePermissions(copy(), PosixFilePermissions.fromString("rw-rw-rw-"));
    load();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy())))
        .isEqualTo("rw-------");
  }

  @Test
  void copies_of_sources_that_are_configured_no_more_go() throws Exception {
    load();
    Path other = Files.writeString(copies().resolve("0123456789abcdef.json"), "[]");
    load();
    assertThat(other).doesNotExist();
    assertThat(copy()).exists();
  }

  @Test
  void a_trial_keeps_nothing_and_a_look_asks_only_where_there_is_no_copy() throws Exception {
    String entry = "{from: \"%s\"}".formatted(address());
    assertThat(load(entry, Sources.tried(copies())).sites()).containsOnlyKeys("shop");
    assertThat(copies()).doesNotExist();
    assertThat(load(entry, Sources.known(copies())).sites()).containsOnlyKeys("shop");
    assertThat(copies()).doesNotExist();
    load(entry);
    headers = null;
    Configuration known = load(entry, Sources.known(copies()));
    assertThat(known.sites()).containsOnlyKeys("shop");
    assertThat(known.sources().get(0).warning()).isNull();
    assertThat(headers).isNull();
  }

  @Test
  @Tag("fault")
  void where_no_copy_can_be_written_the_list_counts_all_the_same() throws Exception {
    Files.writeString(home.resolve("data"), "a file in place of the folder");
    assertThat(load().sites()).containsOnlyKeys("shop");
  }

  @Test
  @Tag("fault")
  void a_file_that_has_gone_is_away_and_one_that_is_wrong_is_a_problem() throws Exception {
    Path list = Files.createDirectories(home.resolve("config")).resolve("sites.csv");
    Files.writeString(list, CSV);
    load("{from: sites.csv}");
    Files.delete(list);
    assertThat(load("{from: sites.csv}").sources().get(0).reason())
        .startsWith("there is no such file");
    Files.writeString(list, "name,url\n\"shop");
    assertThat(problems("{from: sites.csv}"))
        .singleElement()
        .asString()
        .startsWith("config/sites.yaml:3: sources[0].from: config/sites.csv: it is not CSV");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "secretFile|/etc/passwd|secretFile: may not stand in a list from elsewhere, since it names"
            + " something of this machine; write it in 'template'",
        "ca|/etc/passwd|ca: may not stand in a list from elsewhere, since it names something of"
            + " this machine; write it in 'template'",
        "download.to|exec:reboot|download: may not stand in a list from elsewhere, since it names"
            + " something of this machine; write it in 'template'",
        "secret|{{env:PATH}}|secret: property functions are not resolved in a list from elsewhere;"
            + " write them in 'template'",
      })
  void a_list_from_elsewhere_reaches_nothing_of_this_machine(
      String column, String value, String sentence) {
    answer =
        exchange ->
            send(
                exchange,
                200,
                "text/csv",
                "name,url,%s\nshop,https://shop.example,%s\n".formatted(column, value));
    assertThat(problems())
        .containsExactly("config/sites.yaml:3: sources[0] row 2: sites.shop." + sentence);
  }

  @ParameterizedTest
  @CsvSource({
    "secretFile: \"secrets/{key}\", ../../etc/passwd",
    "secretFile: \"secrets/{key}\", ..",
    "'download: {to: \"sftp://files.example/{key}\"}', a?password=x"
  })
  void what_the_template_names_of_this_machine_takes_plain_names_only(
      String template, String value) {
    answer =
        exchange ->
            send(
                exchange,
                200,
                "text/csv",
                "name,url,key\nshop,https://shop.example,%s\n".formatted(value));
    assertThat(problems("{from: \"%s\", template: {%s}}".formatted(address(), template)))
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .startsWith("config/sites.yaml:3: sources[0] row 2: sites.shop.")
                    .contains("the column 'key' must have letters, digits"));
  }

  @Test
  void a_header_that_is_written_as_a_text_is_not_repeated() {
    assertThat(problems("{from: \"%s\", headers: \"X-Key: key-of-all\"}".formatted(address())))
        .containsExactly("config/sites.yaml:3: sources[0].headers: must be a mapping of keys");
  }

  @Test
  void a_secret_with_braces_in_a_template_is_not_told_as_a_column() {
    assertThat(problems("{from: \"%s\", template: {secret: \"ab{cd-ef}gh\"}}".formatted(address())))
        .singleElement()
        .asString()
        .contains("goes into a file: 'secretFile', 'tokenFile'")
        .doesNotContain("cd-ef");
  }

  @ParameterizedTest
  @CsvSource({".", ".."})
  void a_row_is_not_called_like_the_folder_of_all_others(String name) {
    answer =
        exchange ->
            send(exchange, 200, "text/csv", "name,url\n%s,https://a.example\n".formatted(name));
    assertThat(
            problems(
                "{from: \"%s\", template: {download: {to: \"archives/{site}\"}}}"
                    .formatted(address())))
        .singleElement()
        .asString()
        .contains(": is not a name: ");
  }

  @Test
  void secrets_for_names_of_a_list_from_elsewhere_are_files_of_this_machine() throws Exception {
    Files.writeString(home.resolve("shop.txt"), "word-of-shop");
    Configuration configuration =
        load("{from: \"%s\", template: {secretFile: \"{name}.txt\"}}".formatted(address()));
    assertThat(configuration.sites().get("shop").secret().reveal()).isEqualTo("word-of-shop");
  }

  @Test
  void a_camel_endpoint_is_consumed_once_and_its_file_stays_where_it_is() throws Exception {
    Path list = Files.createDirectories(home.resolve("lists")).resolve("sites.csv");
    Files.writeString(list, CSV);
    String entry = "{from: \"file:%s?fileName=sites.csv\"}".formatted(list.getParent());
    assertThat(load(entry).sites()).containsOnlyKeys("shop");
    assertThat(load(entry).sites()).containsOnlyKeys("shop");
    assertThat(list).exists();
    Files.delete(list);
    Configuration away = load(entry.replace("}", ", timeout: 1s}"));
    assertThat(away.sites()).containsOnlyKeys("shop");
    assertThat(away.sources().get(0).reason()).isEqualTo("it did not answer in time");
  }

  @Test
  void a_camel_endpoint_that_only_produces_is_asked() throws Exception {
    Path list = Files.writeString(home.resolve("answer"), CSV);
    String endpoint = "language:constant:resource:file:" + list;
    assertThat(load("{from: \"%s\", format: csv}".formatted(endpoint)).sites())
        .containsOnlyKeys("shop");
  }

  @Test
  void what_camel_says_of_an_endpoint_holds_no_password() {
    assertThat(problems("{from: \"log:x?nosuch=1&password=pass-of-endpoint\"}"))
        .singleElement()
        .asString()
        .startsWith("config/sites.yaml:3: sources[0].from: it failed: ")
        .doesNotContain("pass-of-endpoint");
  }
}
