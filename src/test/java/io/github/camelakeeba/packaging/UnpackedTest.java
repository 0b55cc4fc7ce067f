package io.github.camelakeeba.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.app.cli.BackupApp;
import io.github.camelakeeba.packaging.Distribution.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The zip as a user has it, without any kit. */
@Tag("distribution")
class UnpackedTest {
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```");

  private static final String SITES =
      """
      sites:
        shop: {url: "http://127.0.0.1:9/remote.php", secret: Wq4-kNz-8Tx-mVb}
      channels:
        kafka: {type: camel, uri: "kafka:backups?brokers=127.0.0.1:9"}
        jms:   {type: camel, uri: "jms:queue:backups"}
        amqp:  {type: camel, uri: "amqp:queue:backups"}
        sftp:  {type: camel, uri: "sftp:127.0.0.1:9/in?username=backup&password=none"}
      notify:
        - {on: failed, to: [kafka, jms, amqp, sftp]}
      """;

  /** As docs/how-to/notify-a-bus.md has it. */
  private static final String AMQP =
      """
      camel.beans.qpid = #class:org.apache.qpid.jms.JmsConnectionFactory
      camel.beans.qpid.remoteURI = amqp://127.0.0.1:9
      camel.beans.qpidPool = #class:org.messaginghub.pooled.jms.JmsPoolConnectionFactory
      camel.beans.qpidPool.connectionFactory = #bean:qpid
      camel.beans.amqp = #class:org.apache.camel.component.jms.JmsComponent
      camel.beans.amqp.connectionFactory = #bean:qpidPool
      camel.component.jms.connectionFactory = #bean:qpidPool
      """;

  @TempDir static Path folder;
  private static Path program;

  @TempDir Path home;

  @BeforeAll
  static void unpack() throws Exception {
    program = Distribution.unzip(folder);
  }

  @BeforeEach
  void configure() throws Exception {
    sites(SITES);
  }

  private void sites(String yaml) throws IOException {
    Files.writeString(Files.createDirectories(home.resolve("config")).resolve("sites.yaml"), yaml);
  }

  private void properties(String text) throws IOException {
    Files.writeString(home.resolve("config/application.properties"), text);
  }

  private Ended run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(program + "/bin/camel-akeeba-backup"));
    command.addAll(List.of(arguments));
    return Distribution.run(
        home, Map.of("BACKUP_HOME", home.toString()), command.toArray(String[]::new));
  }

  @Test
  void zip_and_tar_hold_the_same_files_in_one_folder() throws Exception {
    Path other = Files.createDirectory(folder.resolve("tar"));
    Distribution.must(other, "tar", "-xzf", Distribution.tar().toString());
    assertThat(files(other)).isEqualTo(files(program.getParent(), program));
    assertThat(program.resolve("bin/camel-akeeba-backup")).isExecutable();
    assertThat(program.resolve("bin/camel-akeeba-backup.bat")).content().contains("\r\n");
  }

  private static Map<String, Long> files(Path root) throws IOException {
    return files(root, root);
  }

  private static Map<String, Long> files(Path root, Path below) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    try (Stream<Path> all = Files.walk(below)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        sizes.put(root.relativize(file).toString(), Files.size(file));
      }
    }
    return sizes;
  }

  @Test
  void no_document_has_a_dead_link_or_speaks_of_a_build() throws Exception {
    List<String> dead = new ArrayList<>();
    for (Path page : pages()) {
      String text = Files.readString(page);
      for (MatchResult link : LINK.matcher(CODE.matcher(text).replaceAll("")).results().toList()) {
        String target = link.group(1).replaceFirst("#.*", "");
        if (!target.contains("://") && !Files.exists(page.resolveSibling(target))) {
          dead.add(program.relativize(page) + ": " + target);
        }
      }
      if (!page.endsWith("CHANGELOG.md")) {
        assertThat(text).as(page.toString()).doesNotContain("target/camel-akeeba-backup");
      }
    }
    assertThat(dead).isEmpty();
  }

  @Test
  void its_readme_names_its_folders_and_its_version() throws Exception {
    String readme = Files.readString(program.resolve("README.md"));
    assertThat(readme).contains(program.getFileName().toString().replaceAll(".*backup-", " "));
    assertThat(readme).doesNotContain("${");
    assertThat(readme).containsPattern("```\nbin/camel-akeeba-backup init ");
    List<String> named = new ArrayList<>();
    Pattern.compile("`([a-z]+/)`").matcher(readme).results().forEach(m -> named.add(m.group(1)));
    assertThat(named)
        .contains("bin/", "completion/", "config/", "docs/", "lib/", "man/", "routes/", "systemd/")
        .allSatisfy(name -> assertThat(program.resolve(name)).isDirectory());
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(program)) {
      return files.filter(file -> file.toString().endsWith(".md")).toList();
    }
  }

  @Test
  void a_home_without_routes_runs_the_shipped_ones_from_any_directory() throws Exception {
    sites("sites: {shop: {url: 'http://127.0.0.1:9/remote.php', secret: Wq4-kNz-8Tx-mVb}}\n");
    Ended check = run("check");
    assertThat(check.code()).as(check.err()).isZero();
    assertThat(check.out()).contains("The configuration is good.", "shop");
    assertThat(home.resolve("routes")).doesNotExist();
  }

  @Test
  void a_uri_whose_kit_is_missing_names_the_kit() throws Exception {
    Ended check = run("check");
    assertThat(check.code()).isEqualTo(2);
    assertThat(check.err().lines())
        .containsExactly(
            missing("kafka", "kafka", "kafka"),
            missing("jms", "jms", "jms"),
            missing("amqp", "amqp", "jms"),
            missing("sftp", "sftp", "ftp"));
  }

  private static String missing(String channel, String component, String kit) {
    return ("config/sites.yaml: channels.%s.uri: there is no component '%s'; put its jar, and those"
            + " that it needs (all are in the kit %s), into lib/")
        .formatted(channel, component, kit);
  }

  @Test
  void what_application_properties_names_of_a_missing_kit_names_it_too() throws Exception {
    properties(AMQP);
    Ended noClass = run("check");
    assertThat(noClass.code()).isEqualTo(2);
    assertThat(noClass.err())
        .containsPattern("there is no class 'org[.][a-zA-Z.]+', which .* in the kit jms.*")
        .hasLineCount(1);

    properties("camel.component.kafka.brokers = 127.0.0.1:9\n");
    Ended noComponent = run("check");
    assertThat(noComponent.code()).isEqualTo(2);
    assertThat(noComponent.err())
        .contains("camel.component.kafka.brokers: there is no component 'kafka'; ", "the kit kafka")
        .hasLineCount(1);
  }

  @Test
  void a_route_of_the_user_to_a_missing_kit_names_it() throws Exception {
    sites("sites: {}\n");
    Path local = Files.createDirectories(home.resolve("routes/local"));
    Files.writeString(
        local.resolve("tell.camel.yaml"),
        """
        - route:
            id: tell
            from:
              uri: direct:tell
              steps:
                - to:
                    uri: kafka:backups
        """);
    Ended check = run("check");
    assertThat(check.code()).isEqualTo(2);
    assertThat(check.err()).contains("a route can't be made: ", "all are in the kit kafka");
  }

  @Test
  void the_demo_without_its_kit_says_so() throws Exception {
    Ended demo = run("demo", "--once");
    assertThat(demo.code()).isEqualTo(2);
    assertThat(demo.err()).contains("the kit demo").hasLineCount(1);
  }

  @Test
  void kits_at_home_and_beside_the_program_are_on_the_class_path() throws Exception {
    Path own = Files.createDirectory(folder.resolve("with-kits"));
    Path other = Distribution.unzip(own);
    Distribution.unzipKit("kafka", other);
    Distribution.unzipKit("jms", home);
    Distribution.unzipKit("ftp", home);
    properties(AMQP);
    Ended check =
        Distribution.run(
            home, Map.of(), other + "/bin/camel-akeeba-backup", "check", "--home", home.toString());
    assertThat(check.code()).as(check.err()).isZero();

    properties("");
    sites(SITES.replace(", amqp", ""));
    Ended noBean = run("check");
    assertThat(noBean.err()).contains("kit kafka").doesNotContain("kit jms");
    assertThat(noBean.err()).contains("let camel.beans.amqp in config/application.properties");
  }

  /** The start script has it done with what the zip holds. */
  @Test
  void classes_can_be_archived_without_the_demo() throws Exception {
    Ended rehearsal =
        Distribution.run(
            home,
            Map.of(),
            "env",
            "-u",
            "BACKUP_CLASS_ARCHIVE",
            System.getProperty("java.home") + "/bin/java",
            "-cp",
            program + "/camel-akeeba-backup.jar",
            "io.github.camelakeeba.app.cli.Rehearsal");
    assertThat(rehearsal.code()).as(rehearsal.err()).isZero();
    assertThat(rehearsal.out()).contains("\"state\":\"completed\"");
    assertThat(rehearsal.err())
        .as("no backup waits for a channel")
        .doesNotContain("did not accept");
  }

  @Test
  void bash_completes_commands_and_options() throws Exception {
    assertThat(completed("camel-akeeba-backup", "se")).containsExactly("serve");
    assertThat(completed("camel-akeeba-backup", "status", "--ch")).contains("--check");
  }

  private static List<String> completed(String... words) throws Exception {
    String script =
        "source completion/camel-akeeba-backup.bash; compopt() { :; }; COMP_WORDS=(%s);"
                .formatted(String.join(" ", words))
            + " COMP_CWORD=%s; _complete_camel-akeeba-backup; echo \"${COMPREPLY[@]}\""
                .formatted(words.length - 1);
    return Arrays.asList(Distribution.must(program, "bash", "-c", script).strip().split("\\s+"));
  }

  @Test
  void every_command_has_a_manual_page() throws Exception {
    for (String command : new CommandLine(new BackupApp()).getSubcommands().keySet()) {
      assertThat(program.resolve("man/man1/camel-akeeba-backup-%s.1".formatted(command)))
          .content()
          .startsWith("'\\\" t\n")
          .contains(".SH \"SYNOPSIS\"", ".SH \"OPTIONS\"");
    }
    assertThat(program.resolve("man/man1/camel-akeeba-backup.1")).content().contains("COMMANDS");
  }
}
