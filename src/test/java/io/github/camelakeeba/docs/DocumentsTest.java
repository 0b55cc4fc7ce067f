package io.github.camelakeeba.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.app.cli.BackupApp;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.yaml.SitesLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The documents say what the program does. */
class DocumentsTest {
  private static final Path README = Path.of("README.md");
  private static final Path GLANCE = Path.of("docs/reference/at-a-glance.md");
  private static final Path CHANGELOG = Path.of("CHANGELOG.md");
  private static final Path COMMANDS = Path.of("docs/reference/commands.md");
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```");

  private static final Pattern NAMED = Pattern.compile("`([^`\n]+)`");

  private final CommandLine program = new CommandLine(new BackupApp());

  @TempDir Path folder;

  @Test
  void the_unit_ends_a_process_without_memory() throws IOException {
    assertThat(Files.readString(Path.of("docs/how-to/run-as-a-service.md")))
        .containsPattern("(?m)^ExecStart=\\S*/bin/camel-akeeba-backup serve$");
    assertThat(Files.readString(Path.of("src/main/bin/camel-akeeba-backup")))
        .containsPattern("(?m)^ +serve\\) options=.*-XX:\\+ExitOnOutOfMemoryError");
  }

  @Test
  void the_readme_can_be_read_at_one_go() throws Exception {
    assertThat(Files.readAllLines(README)).hasSizeLessThan(150);
    assertThat(Files.readAllLines(README)).allMatch(line -> line.length() <= 120);
  }

  @Test
  void every_relative_link_leads_to_a_file_and_a_heading() throws Exception {
    List<String> dead = new ArrayList<>();
    for (Path page : Stream.of(pages(), below("examples")).flatMap(List::stream).toList()) {
      for (String link : found(LINK, CODE.matcher(Files.readString(page)).replaceAll(""))) {
        if (!link.contains("://") && !leadsSomewhere(page, link)) {
          dead.add(page + ": " + link);
        }
      }
    }
    assertThat(dead).isEmpty();
  }

  @Test
  void the_commands_at_a_glance_are_those_of_the_program() throws Exception {
    Pattern called = Pattern.compile("camel-akeeba-backup\\.jar ([a-z][a-z-]*)");
    for (Path page : pages()) {
      assertThat(program.getSubcommands().keySet())
          .as(page.toString())
          .containsAll(found(called, Files.readString(page)));
    }
    String named =
        String.join("", found(Pattern.compile("(?m)^\\| (`[a-z][^|]*)\\|"), section("Commands")));
    assertThat(new TreeSet<>(found(Pattern.compile("`([a-z][a-z-]*)"), named)))
        .containsExactlyInAnyOrderElementsOf(program.getSubcommands().keySet());
  }

  @Test
  void the_exit_codes_at_a_glance_are_those_of_the_program() throws Exception {
    Map<String, String> codes = new LinkedHashMap<>();
    Pattern.compile("(?m)^\\| (\\d) \\| (.*) \\|$")
        .matcher(section("Commands"))
        .results()
        .forEach(row -> codes.put(row.group(1), row.group(2)));

    assertThat(codes).isEqualTo(program.getCommandSpec().usageMessage().exitCodeList());
    assertThat(codes.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(
                    ExitCode.COMPLETED,
                    ExitCode.FAILED,
                    ExitCode.USAGE,
                    ExitCode.WARNING,
                    ExitCode.REFUSED)
                .map(String::valueOf)
                .toList());
  }

  @Test
  void the_configurations_of_the_readme_and_at_a_glance_are_good() throws Exception {
    Files.writeString(
        Files.createDirectories(folder.resolve("config/secrets")).resolve("shop"), "Sample-Secret");
    isGood(README);
    isGood(GLANCE);
  }

  private void isGood(Path page) throws Exception {
    String yaml = found(Pattern.compile("(?s)```yaml\n(.*?)```"), Files.readString(page)).get(0);
    Path file = folder.resolve("config/sites.yaml");
    Files.writeString(file, yaml);

    SitesLoader sites = new SitesLoader();
    Configuration configuration =
        sites.load(file, text -> text.replaceAll("\\{\\{env:\\w+}}", "https://example.com/in"));

    assertThat(configuration.sites()).hasSize(2);
    assertThat(sites.warnings(configuration)).isEmpty();
  }

  @Test
  void every_test_that_a_document_names_exists() throws Exception {
    TreeSet<String> tests = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      files.forEach(file -> tests.add(file.getFileName().toString().replace(".java", "")));
    }
    for (Path page : pages()) {
      assertThat(tests)
          .as(page.toString())
          .containsAll(
              found(Pattern.compile("`(?:\\w+/)?([A-Z]\\w*Test)[`.]"), Files.readString(page)));
    }
  }

  @Test
  void the_map_of_the_documents_leads_to_each_of_them() throws Exception {
    Path map = Path.of("docs/README.md");
    List<Path> linked =
        found(LINK, Files.readString(map)).stream()
            .map(link -> map.resolveSibling(link.replaceFirst("#.*", "")).normalize())
            .toList();
    assertThat(pages())
        .filteredOn(page -> !page.equals(map) && !page.equals(CHANGELOG))
        .isSubsetOf(linked);
  }

  /** {@code package/Class}, {@code routes/x.camel.yaml}, {@code x.camel.yaml}, {@code src/…}. */
  @Test
  void every_class_and_file_that_a_document_names_exists() throws Exception {
    List<String> dead = new ArrayList<>();
    for (Path page : pages()) {
      if (!page.equals(CHANGELOG)) {
        for (String name : found(NAMED, CODE.matcher(Files.readString(page)).replaceAll(""))) {
          if (!Places.exist(name)) {
            dead.add(page + ": " + name);
          }
        }
      }
    }
    assertThat(dead).isEmpty();
  }

  @Test
  void a_class_or_file_that_is_not_there_is_found() throws Exception {
    assertThat(found(NAMED, "`config/Channel`, `routes/run.camel.yaml` `run.camel.yaml` and `a b`"))
        .containsExactly("config/Channel", "routes/run.camel.yaml", "run.camel.yaml", "a b");
    assertThat(Places.exist("config/Channel")).isTrue();
    assertThat(Places.exist("notify/channel/HttpChannelsTest")).isTrue();
    assertThat(Places.exist("config/NoChannel")).isFalse();
    assertThat(Places.exist("claim.camel.yaml")).isTrue();
    assertThat(Places.exist("nothing.camel.yaml")).isFalse();
    assertThat(Places.exist("api-*.camel.yaml")).isTrue();
    assertThat(Places.exist("src/main/resources/openapi.yml")).isFalse();
    assertThat(Places.exist("mvn verify")).isTrue();
  }

  @Test
  void the_reference_of_the_commands_is_what_help_prints() throws Exception {
    StringBuilder page = new StringBuilder("# Commands\n\nWhat `--help` prints.\n\n```\n");
    page.append(program.getUsageMessage(Ansi.OFF).strip()).append("\n```\n");
    append(page, "", program);
    assertThat(Files.exists(COMMANDS) ? Files.readString(COMMANDS) : "")
        .as("%s should be:%n%s", COMMANDS, page)
        .isEqualTo(page.toString().replace("\r\n", "\n"));
  }

  /** Each command, and behind it its own commands. */
  private static void append(StringBuilder page, String above, CommandLine parent) {
    parent
        .getSubcommands()
        .forEach(
            (name, command) -> {
              page.append("\n## ")
                  .append(above + name)
                  .append("\n\n```\n")
                  .append(command.getUsageMessage(Ansi.OFF).strip())
                  .append("\n```\n");
              append(page, above + name + " ", command);
            });
  }

  private static String section(String heading) throws IOException {
    String page = Files.readString(GLANCE);
    int begin = page.indexOf("\n## " + heading);
    return page.substring(begin, page.indexOf("\n## ", begin + 1));
  }

  private static boolean leadsSomewhere(Path page, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path parent = page.getParent() == null ? Path.of("") : page.getParent();
    Path target = parts[0].isEmpty() ? page : parent.resolve(parts[0]).normalize();
    return Files.exists(target)
        && (parts.length < 2
            || Files.readAllLines(target).stream().anyMatch(line -> anchor(line).equals(parts[1])));
  }

  /** As GitHub makes the name of a heading. */
  private static String anchor(String line) {
    return line.startsWith("#")
        ? line.replaceFirst("^#+ ", "")
            .toLowerCase(java.util.Locale.ROOT)
            .replaceAll("[^\\w -]", "")
            .replace(' ', '-')
        : "";
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages =
        new ArrayList<>(
            List.of(README, CHANGELOG, Path.of("CONTRIBUTING.md"), Path.of("SECURITY.md")));
    pages.addAll(below("docs"));
    return pages;
  }

  private static List<Path> below(String folder) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      return files.filter(file -> file.toString().endsWith(".md")).toList();
    }
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult match) -> match.group(1)).toList();
  }
}
