package io.github.camelakeeba.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.app.cli.BackupApp;
import io.github.camelakeeba.packaging.Distribution.Ended;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Every command line of the documents in the zip, run as it stands there; those that can't be run
 * here are listed, and the files and addresses that they name are looked up.
 */
@Tag("distribution")
class DocumentedCommandsTest {
  /** What runs: the program, and what unpacks it. */
  private static final Set<String> RUN =
      Set.of("camel-akeeba-backup", "bin/camel-akeeba-backup", "unzip", "cd");

  /** The first words of what can't be run here, with the reason. */
  private static final Map<String, String> LISTED =
      Map.ofEntries(
          Map.entry("sudo", "changes the machine; DebianPackageTest and ServiceUnitTest do that"),
          Map.entry("curl", "needs a serve with a token: the tests of the API make these calls"),
          Map.entry("openssl", "writes below /etc"),
          Map.entry("chmod", "changes a file below /etc"),
          Map.entry("mosquitto_pub", "needs a broker"),
          Map.entry("echo", "pipes into the client of a broker"),
          Map.entry("body='{\"site\":\"shop\",\"description\":\"before", "a variable of the next"),
          Map.entry("t=$(date", "a variable of the next"),
          Map.entry("v1=$(printf", "a variable of the next"),
          Map.entry("mvn", "needs the sources and the network; .ci/run builds the examples"),
          Map.entry("java", "the health check of the image, whose serve is in a container"),
          Map.entry("mkdir", "makes what the containers read"),
          Map.entry("printf", "makes what the containers read"),
          Map.entry("cp", "copies the store of a service"),
          Map.entry("docker", "needs Docker"),
          Map.entry("kubectl", "needs Kubernetes"),
          Map.entry("systemctl", "needs a systemd that runs"),
          Map.entry("journalctl", "needs a systemd that runs"));

  /**
   * Commands that ask on a terminal, reach the documents' made-up sites, or read files of a user.
   */
  private static final Pattern ASKING =
      Pattern.compile("(\\S+/)?camel-akeeba-backup (init|add-site|import)( .*)?");

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

  @TempDir static Path folder;
  private static Path program;
  private static Path home;
  private static SimulatedServer server;

  private record Line(Path page, String command) {
    String first() {
      return command.split("\\s+")[0];
    }
  }

  @BeforeAll
  static void unpack() throws Exception {
    program = Distribution.unzip(folder);
    Distribution.unzipKit("demo", program);
    home = Files.createDirectories(folder.resolve("home"));
    server = SimulatedServer.start();
    StringBuilder yaml = new StringBuilder("sites:\n");
    for (SimulatedSite site :
        List.of(
            server.joomla("shop").lastRecordId(11).steps(3),
            server.joomla("blog").steps(3),
            server.solo("intranet").steps(3))) {
      site.secret(RunningProduct.SECRET).profiles(1, "Nightly");
      String name = site.url().getPath().split("/")[1];
      yaml.append(
          "  %s: {url: \"%s\", secret: %s, restoreTest: {database: embedded}}\n"
              .formatted(name, site.url(), site.secret()));
    }
    yaml.append("channels: {chat: {type: slack, url: \"%s/in\"}}\n".formatted(server.address()));
    yaml.append("notify: [{on: failed, to: chat}]\n");
    Files.writeString(
        Files.createDirectories(home.resolve("config")).resolve("sites.yaml"), yaml.toString());
    for (String zip : Distribution.KITS) {
      Path kit = Distribution.kit(zip);
      Files.createSymbolicLink(folder.resolve(kit.getFileName()), kit);
      Files.createSymbolicLink(program.resolve(kit.getFileName()), kit);
    }
    Files.createSymbolicLink(folder.resolve(Distribution.zip().getFileName()), Distribution.zip());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void every_command_line_of_the_documents_runs_or_is_listed() throws Exception {
    assertThat(sh(folder, "camel-akeeba-backup backup shop").code()).isZero();
    assertThat(sh(folder, "camel-akeeba-backup download shop 12 --to archives/shop").code())
        .isZero();
    List<Line> deletions = new ArrayList<>();
    List<Line> reloads = new ArrayList<>();
    SoftAssertions all = new SoftAssertions();
    for (Path page : pages()) {
      Path directory = page.startsWith(program.resolve("docs")) ? folder : page.getParent();
      for (Line line : lines(page)) {
        if (line.command().startsWith("cd ")) {
          directory = directory.resolve(line.command().substring(3)).normalize();
          all.assertThat(directory).as(line.toString()).isDirectory();
        } else if (ASKING.matcher(line.command()).matches()) {
          parse(all, line); // InitCommandTest and its like run them with simulated sites
        } else if (line.command().contains(" delete")) {
          deletions.add(line);
        } else if (line.command().endsWith(" reload")) {
          reloads.add(line); // they need a serve
        } else if (RUN.contains(line.first())) {
          run(all, directory, line);
        } else {
          lookUp(all, line);
        }
      }
    }
    for (Line line : deletions) {
      run(all, folder, new Line(line.page(), line.command() + " --yes")); // who runs it is asked
    }
    assertThat(reloads).isNotEmpty();
    Line serve = new Line(program.resolve("README.md"), "camel-akeeba-backup serve");
    serve(all, folder, serve, () -> runAll(all, reloads));
    all.assertAll();
  }

  private static void runAll(SoftAssertions all, List<Line> lines) throws Exception {
    for (Line line : lines) {
      run(all, folder, line);
    }
  }

  private static void run(SoftAssertions all, Path directory, Line line) throws Exception {
    if (line.command().endsWith(" serve")) {
      serve(all, directory, line, () -> {});
      return;
    }
    Ended ended = sh(directory, line.command());
    all.assertThat(codes(line.command()))
        .as("%s%n%s%s", line, ended.out(), ended.err())
        .contains(ended.code());
  }

  private static Set<Integer> codes(String command) {
    if (command.contains("status --check")) {
      return Set.of(0, 1, 2); // a site without a good backup is for a monitoring system to know
    }
    if (command.contains(" restoretest ")) {
      return Set.of(3); // untested: the jar with the server is not here
    }
    return command.contains(" --only ") ? Set.of(0, 3) : Set.of(0); // 3: no file has the name
  }

  /** Its options are those of the program. */
  private static void parse(SoftAssertions all, Line line) {
    List<String> words = new ArrayList<>();
    Pattern.compile("\"([^\"]*)\"|(\\S+)")
        .matcher(line.command().replaceFirst(" > \\S+$", ""))
        .results()
        .forEach(word -> words.add(word.group(1) == null ? word.group(2) : word.group(1)));
    String[] arguments = words.subList(1, words.size()).toArray(String[]::new);
    all.assertThatCode(() -> new CommandLine(new BackupApp()).parseArgs(arguments))
        .as(line.toString())
        .doesNotThrowAnyException();
  }

  /** What is done while it serves. */
  private interface Beside {
    void run() throws Exception;
  }

  private static void serve(SoftAssertions all, Path directory, Line line, Beside beside)
      throws Exception {
    Path err = folder.resolve("serve.err");
    Process serve =
        Distribution.start(
            directory, environment(), folder.resolve("serve.out"), err, "sh", "-c", line.command());
    try {
      await()
          .atMost(RunningProduct.PATIENCE)
          .failFast("it ended", () -> !serve.isAlive())
          .until(() -> Files.readString(err).contains("serving 3 sites"));
      beside.run();
    } finally {
      serve.descendants().forEach(ProcessHandle::destroy);
      serve.destroy();
      all.assertThat(serve.waitFor(RunningProduct.PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as(line.toString())
          .isTrue();
    }
  }

  private static Ended sh(Path directory, String command) throws Exception {
    return Distribution.run(directory, environment(), "sh", "-c", command);
  }

  private static Map<String, String> environment() {
    return Map.of(
        "BACKUP_HOME", home.toString(), "PATH", program + "/bin:" + System.getenv("PATH"));
  }

  /** What it names of the program's folder and of the files to download is there. */
  private static void lookUp(SoftAssertions all, Line line) throws IOException {
    all.assertThat(LISTED.keySet()).as("%s: run it, or list it", line).contains(line.first());
    for (String word : line.command().split("[\\s'\"]+")) {
      if (word.startsWith(program.toString()) && !word.contains("*")) {
        all.assertThat(Path.of(word)).as(line.toString()).exists();
      } else if (word.matches("(docs|examples|systemd|config|completion|man)/.*")) {
        all.assertThat(program.resolve(word)).as(line.toString()).exists();
      } else if (word.matches("(\\./)?camel-akeeba-backup[-_].*[.](zip|deb|tar[.]gz)")) {
        all.assertThat(word).as(line.toString()).satisfies(DocumentedCommandsTest::isMade);
      } else if (word.matches("(http://127.0.0.1:8080|[$]BACKUP_API)/api/.*")) {
        String operation = word.replaceFirst(".*/api/", "").replaceFirst("[/?].*", "");
        all.assertThat(Files.readString(Path.of("src/main/resources/openapi.yaml")))
            .as(line.toString())
            .containsPattern("(?m)^  /(api/)?%s".formatted(Pattern.quote(operation)));
      }
    }
  }

  private static void isMade(String name) {
    String made = name.replaceFirst("^[.]/", "");
    boolean deb = made.endsWith(".deb");
    assertThat(Distribution.TARGET.resolve(deb ? made.replace("-SNAPSHOT", "~SNAPSHOT") : made))
        .exists();
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(program)) {
      return files
          .filter(file -> file.toString().endsWith(".md") && !file.endsWith("CHANGELOG.md"))
          .sorted()
          .toList();
    }
  }

  /** Its command lines, with this version, this program's folder, and a day that is to come. */
  private static List<Line> lines(Path page) throws IOException {
    List<Line> lines = new ArrayList<>();
    for (MatchResult block : BLOCK.matcher(Files.readString(page)).results().toList()) {
      boolean shell = Set.of("sh", "bash").contains(block.group(1));
      if (!(shell || block.group(1).isEmpty()) || block.group(2).startsWith("#!")) {
        continue; // a script: the test of its page runs it
      }
      for (String written : block.group(2).replace("\\\n", " ").split("\n")) {
        Line line = new Line(program.relativize(page), command(written));
        if (!line.command().isEmpty()
            && (shell || RUN.contains(line.first()) || LISTED.containsKey(line.first()))) {
          lines.add(new Line(page, line.command()));
        }
      }
    }
    return lines;
  }

  private static String command(String written) {
    String version = program.getFileName().toString().replaceFirst("^camel-akeeba-backup-", "");
    return written
        .replaceFirst("^[$] ", "")
        .replaceFirst("(^|\\s+)#\\s.*$", "")
        .replace("VERSION", version)
        .replace("/opt/camel-akeeba-backup-" + version, program.toString())
        .replace("/opt/camel-akeeba-backup", program.toString())
        .replace("/srv/backup", home.toString())
        .replaceAll("2026-12-24", LocalDate.now().plusDays(30).toString())
        .replaceFirst("^unzip (?!-)", "unzip -o -q ")
        .strip();
  }
}
