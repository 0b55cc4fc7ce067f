package io.github.camelakeeba.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.app.cli.Program;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.Site;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelContextTracker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command reads without Camel is what a started Camel reads. */
class OfflineHomeTest {
  private static final URI NOWHERE = URI.create("http://127.0.0.1:9/remote.php");

  @TempDir Path folder;

  private Home home() {
    return new Home(folder);
  }

  private Program plain(String... lines) throws Exception {
    return new Program(folder).site("shop", NOWHERE, lines);
  }

  /** A sentence for each context that is made in this process while the check runs. */
  private List<String> started(Runnable check) {
    Set<String> started = ConcurrentHashMap.newKeySet();
    try (CamelContextTracker tracker =
        new CamelContextTracker(context -> true) {
          @Override
          public void contextCreated(CamelContext context) {
            started.add(context.getName());
          }
        }) {
      tracker.open();
      check.run();
    }
    return List.copyOf(started);
  }

  @Test
  void a_check_of_a_plain_home_starts_no_camel() throws Exception {
    Program program =
        plain("schedule: \"0 30 2 * * ?\"", "comment: \"{{sys:user.name}} {{word}} {{none:else}}\"")
            .more(
                """
                channels:
                  ops: {type: mail, smtp: "smtp://127.0.0.1:25", from: a@example.com, to: [ops@example.com]}
                  hook: {type: webhook, url: "https://erp.example.com/in"}
                notify:
                  - {on: failed, to: [ops, hook]}
                """)
            .properties("word = one\nbackup.api.token = abcdefgh1234\nbackup.api.port = 0\n");
    copyRoutes();

    assertThat(
            started(
                () -> {
                  Program.Ended check = program.run("check");
                  assertThat(check.code()).as(check.err()).isZero();
                  assertThat(program.run("status").code()).isZero();
                  assertThat(program.run("outbox", "list").code()).isZero();
                }))
        .isEmpty();
  }

  @Test
  void the_tracker_sees_the_camel_of_a_home_that_needs_one() throws Exception {
    Program program = plain().more("channels: {bus: {type: camel, uri: \"seda:x\"}}\n");

    assertThat(started(() -> assertThat(program.run("check").code()).isZero())).hasSize(1);
  }

  private void copyRoutes() throws Exception {
    Path routes = Files.createDirectories(folder.resolve("routes"));
    try (var shipped = Files.newDirectoryStream(Path.of("routes"), "*.camel.yaml")) {
      for (Path route : shipped) {
        Files.copy(route, routes.resolve(route.getFileName()));
      }
    }
  }

  @Test
  void placeholders_have_the_values_that_a_started_camel_gives_them() throws Exception {
    List<String> texts =
        List.of(
            "{{word}}",
            "{{nested}}",
            "{{none:else}}",
            "{{none:}}x",
            "{{word:else}}",
            "{{none:{{word}}}}",
            "{{name.{{word}}}}",
            "{{sys:user.name}} {{word}}",
            "{{sys:none:else}}",
            "{{env:PATH}}",
            "{{env:NONE_7:else}}",
            "{{?none}}x",
            "{{user.name}}",
            "{{!yes}}",
            "plain {word}",
            "{{colons}}");
    Program program = new Program(folder);
    for (int i = 0; i < texts.size(); i++) {
      program.site("s" + i, NOWHERE, "comment: '%s'".formatted(texts.get(i)));
    }
    program.properties(
        "word = one\nnested = <{{word}}>\nname.one = two\nyes = true\ncolons = a:b:c\n");

    Map<String, String> offline =
        comments(OfflineHome.read(home()).orElseThrow().configuration().sites());
    try (Service service = Service.start(home(), StartModes.unstored(home()))) {
      assertThat(offline).isEqualTo(comments(service.configuration().sites()));
    }
    assertThat(offline.get("s1")).isEqualTo("<one>");
  }

  private static Map<String, String> comments(Map<String, Site> sites) {
    Map<String, String> comments = new TreeMap<>();
    sites.forEach((name, site) -> comments.put(name, String.valueOf(site.comment())));
    return comments;
  }

  @Test
  void what_is_wrong_is_told_in_the_sentences_of_a_start() throws Exception {
    plain("comment: \"{{none}}\"", "zone: \"{{env:NONE_7}}\"", "title: \"{{sys:none}}\"")
        .properties("circle = {{circle}}\n")
        .site("blog", NOWHERE, "comment: \"{{circle}}\"", "title: \"{{word\"");

    assertThatThrownBy(() -> OfflineHome.read(home()))
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            offline ->
                assertThatThrownBy(() -> Service.start(home(), StartModes.unstored(home())))
                    .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        started ->
                            assertThat(offline.problems())
                                .hasSize(5)
                                .isEqualTo(started.problems())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x = {{bean:vault.word}}",
        "x = {{service:shop}}",
        "x = one\ncamel.main.profile = test",
        "x = one\ncamel.beans[vault] = #class:java.lang.Object",
        "x = one\ncamel.vault.hashicorp.token = t",
      })
  void functions_that_only_a_running_camel_knows_are_left_to_it(String properties)
      throws Exception {
    plain("comment: \"{{x}}\"").properties(properties + "\n");

    assertThat(OfflineHome.read(home())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | `` | false",
        "`` | x = one | false",
        "`` | camel.component.seda.queueSize = 5 | true",
        "channels: {bus: {type: camel, uri: \"seda:x\"}} | `` | true",
        "triggers: [{from: \"seda:x\"}] | `` | true",
        "defaults: {download: {to: \"file:archives\"}} | `` | true",
        "defaults: {download: {to: archives}} | `` | false",
      })
  void a_start_is_needed_for_endpoints_and_keys_of_camel_only(
      String yaml, String properties, boolean needed) throws Exception {
    plain().more(yaml + "\n").properties(properties + "\n");

    assertThat(OfflineHome.read(home()).orElseThrow().needsStart()).isEqualTo(needed);
  }

  @Test
  void a_start_is_needed_for_local_and_for_changed_routes() throws Exception {
    plain();
    copyRoutes();
    Path local = Files.createDirectories(folder.resolve("routes/local"));
    OfflineHome read = OfflineHome.read(home()).orElseThrow();
    assertThat(read.needsStart()).isFalse();

    Path mine = Files.writeString(local.resolve("mine.camel.yaml"), "# none yet\n");
    assertThat(read.needsStart()).isTrue();

    Files.delete(mine);
    Files.writeString(folder.resolve("routes/watchdog.camel.yaml"), "# mine\n");
    assertThat(read.needsStart()).isTrue();
  }
}
