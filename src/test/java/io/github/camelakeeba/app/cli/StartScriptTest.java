package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.product.QuickTimings;
import io.github.camelakeeba.product.RunningProduct;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/camel-akeeba-backup}, in a folder with a space in its name. */
@Tag("process")
@DisabledOnOs(OS.WINDOWS)
class StartScriptTest {
  @TempDir static Path installed;
  private static Path script;

  @TempDir Path folder;
  private Path home;

  private record Ended(int code, String out, String err) {}

  @BeforeAll
  static void install() throws Exception {
    Path app = Files.createDirectories(installed.resolve("the program"));
    Files.copy(new PackedProgram(app, "none").jar(), app.resolve("camel-akeeba-backup.jar"));
    script = Files.createDirectory(app.resolve("bin")).resolve("camel-akeeba-backup");
    Files.copy(Path.of("src/main/bin/camel-akeeba-backup"), script);
    executable(script);
  }

  @BeforeEach
  void configure() throws Exception {
    home = Files.createDirectory(folder.resolve("my home"));
    new Program(home).site("shop", URI.create("http://127.0.0.1:9/remote.php")).properties("");
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Process start(Path file, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(file.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder
        .environment()
        .keySet()
        .removeAll(List.of("BACKUP_HOME", "JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("BACKUP_CLASS_ARCHIVE", "off");
    builder.environment().putAll(environment);
    return builder.start();
  }

  private Ended run(Map<String, String> environment, String... arguments) throws Exception {
    Process process = start(script, environment, arguments);
    assertThat(process.waitFor(RunningProduct.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), read("out"), read("err"));
  }

  private String read(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  /** A Java that notes with what it is started, whose archives are rubbish, and no more. */
  private Map<String, String> notingJava() throws IOException {
    return notingJava("exit 0");
  }

  /** The same, which runs the program behind it. */
  private Map<String, String> runningJava() throws IOException {
    return notingJava("exec '" + System.getProperty("java.home") + "/bin/java' \"$@\"");
  }

  private Map<String, String> notingJava(String andThen) throws IOException {
    Path java = folder.resolve("jdk/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(
        folder.resolve("jdk/release"),
        "JAVA_VERSION=\"%s\"\n".formatted(System.getProperty("java.version")));
    Files.writeString(
        java,
        """
        #!/bin/sh
        echo "$*" >> '%s/started'
        for option in "$@"; do
          case $option in
            -XX:ArchiveClassesAtExit=*|-XX:AOTCacheOutput=*) env > '%s/environment'; echo rubbish > "${option#*=}"; exit 0 ;;
          esac
        done
        %s
        """
            .formatted(folder, folder, andThen));
    executable(java);
    return Map.of("JAVA_HOME", folder.resolve("jdk").toString(), "BACKUP_CLASS_ARCHIVE", "");
  }

  private List<String> started() throws IOException {
    return Files.readAllLines(folder.resolve("started"));
  }

  private List<Path> archives() throws IOException {
    try (var files = Files.newDirectoryStream(home.resolve("data/cache"), "classes-*.{jsa,aot}")) {
      List<Path> found = new ArrayList<>();
      files.forEach(found::add);
      return found;
    }
  }

  @Test
  void sigterm_reaches_a_serve_that_was_started_by_a_link_and_ends_it_cleanly() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("a link"), script);
    Path second = Files.createSymbolicLink(folder.resolve("second"), Path.of("a link"));
    Process serve =
        start(
            second,
            Map.of("JAVA_OPTS", QuickTimings.option(QuickTimings.QUICK) + " -XX:+UseSerialGC"),
            "serve",
            "--home",
            home.toString());
    try {
      await()
          .atMost(RunningProduct.PATIENCE)
          .failFast("it ended", () -> !serve.isAlive())
          .until(() -> read("err").contains("serving 1 sites"));
      assertThat(serve.info().command().orElseThrow()).as(link.toString()).endsWith("java");
      serve.destroy();
      assertThat(serve.waitFor(RunningProduct.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(serve.exitValue()).as(read("err")).isEqualTo(ExitCode.COMPLETED);
    } finally {
      serve.destroyForcibly();
    }
  }

  @Test
  void a_java_that_is_missing_or_too_old_is_told_in_one_sentence() throws Exception {
    Ended nowhere = run(Map.of("JAVA_HOME", "/no such java"), "check");
    assertThat(nowhere.code()).isEqualTo(ExitCode.USAGE);
    assertThat(nowhere.err())
        .startsWith("JAVA_HOME is /no such java, where there is no bin/java; ")
        .hasLineCount(1);

    Map<String, String> old = notingJava();
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"11.0.2\"\n");
    Ended refused = run(old, "check");
    assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err()).contains("needs Java 17 or later; ", " is 11.0.2. ").hasLineCount(1);
    assertThat(folder.resolve("started")).doesNotExist();

    Ended none = run(Map.of("JAVA_HOME", "", "PATH", folder.toString()), "check");
    assertThat(none.code()).isNotZero();
  }

  @Test
  void an_archive_of_classes_is_made_once_and_a_broken_one_is_passed_over() throws Exception {
    Map<String, String> java = new HashMap<>(runningJava());
    java.put("BACKUP_API_RATE", "7");
    String[] check = {"check", "--home", home.toString()};
    Ended first = run(java, check);
    assertThat(first.code()).as(first.err()).isZero();
    await().atMost(RunningProduct.PATIENCE).until(() -> archives().size() == 1);
    await().atMost(RunningProduct.PATIENCE).until(() -> !Files.exists(making()));

    Ended second = run(java, check);

    assertThat(read("environment"))
        .as("a rehearsal must not meet the database that the environment names")
        .doesNotContain("BACKUP_");
    assertThat(second.code()).isZero();
    assertThat(second.out()).isEqualTo(first.out());
    assertThat(second.err()).isEmpty();
    assertThat(started()).hasSize(3);
    assertThat(started().get(2))
        .containsPattern(
            "-XX:(SharedArchiveFile|AOTCache)=" + Pattern.quote(archives().get(0).toString()));
  }

  @Test
  void an_archive_of_somebody_else_is_not_loaded_but_made_anew() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "files are given away by root");
    Map<String, String> java = notingJava();
    String[] check = {"check", "--home", home.toString()};
    run(java, check);
    await().atMost(RunningProduct.PATIENCE).until(() -> archives().size() == 1);
    await().atMost(RunningProduct.PATIENCE).until(() -> !Files.exists(making()));
    Path archive = archives().get(0);
    Files.setOwner(
        archive,
        archive.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));

    assertThat(run(java, check).code()).isZero();

    assertThat(started()).noneMatch(line -> line.matches(".*-XX:(SharedArchiveFile|AOTCache)=.*"));
    await()
        .atMost(RunningProduct.PATIENCE)
        .ignoreException(NoSuchFileException.class) // between the old one and the new one
        .until(() -> Files.getOwner(archive).getName().equals("root"));
    await().atMost(RunningProduct.PATIENCE).until(() -> !Files.exists(making()));
  }

  /** Java 17 to 24 crash on what a full disk has cut off. */
  @Test
  void an_archive_that_has_been_cut_off_is_not_loaded_but_made_anew() throws Exception {
    Map<String, String> java = new HashMap<>(notingJava());
    String[] check = {"check", "--home", home.toString()};
    run(java, check);
    await().atMost(RunningProduct.PATIENCE).until(() -> archives().size() == 1);
    await().atMost(RunningProduct.PATIENCE).until(() -> !Files.exists(making()));
    Path archive = archives().get(0);
    byte[] whole = Files.readAllBytes(archive);
    Files.write(archive, Arrays.copyOf(whole, whole.length - 1));

    assertThat(run(java, check).code()).isZero();

    assertThat(started()).noneMatch(line -> line.matches(".*-XX:(SharedArchiveFile|AOTCache)=.*"));
    await().atMost(RunningProduct.PATIENCE).until(() -> !Files.exists(making()));
    assertThat(archive).hasBinaryContent(whole);
    java.put("JAVA_OPTS", "-Xmx77m");
    run(java, check);
    assertThat(started().get(started().size() - 1)).contains("=" + archive + " -Xmx77m -jar ");
  }

  @Test
  void an_archive_that_another_process_deletes_meanwhile_is_no_failure() throws Exception {
    Map<String, String> java = new HashMap<>(notingJava());
    String[] check = {"check", "--home", home.toString()};
    run(java, check);
    await().atMost(RunningProduct.PATIENCE).until(() -> archives().size() == 1);
    await().atMost(RunningProduct.PATIENCE).until(() -> !Files.exists(making()));
    Path wc = Files.createDirectory(folder.resolve("tools")).resolve("wc");
    Files.writeString(wc, "#!/bin/sh\necho \"$0: No such file\" >&2; exit 1\n");
    executable(wc);
    java.put("PATH", wc.getParent() + ":" + System.getenv("PATH"));

    Ended ended = run(java, check);

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err()).isEmpty();
    assertThat(started()).noneMatch(line -> line.matches(".*-XX:(SharedArchiveFile|AOTCache)=.*"));
    await().atMost(RunningProduct.PATIENCE).until(() -> !Files.exists(making()));
  }

  /** Java 25 does not start with two. */
  @Test
  void whoever_names_an_archive_or_wants_none_gets_none_besides() throws Exception {
    Map<String, String> java = new HashMap<>(notingJava());
    String[] check = {"check", "--home", home.toString()};
    run(java, check);
    await().atMost(RunningProduct.PATIENCE).until(() -> archives().size() == 1);
    await().atMost(RunningProduct.PATIENCE).until(() -> !Files.exists(making()));
    for (String variable : List.of("JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")) {
      for (String option : List.of("-Xshare:off", "-Xmx77m -XX:SharedArchiveFile=mine")) {
        Map<String, String> own = new HashMap<>(java);
        own.put(variable, option);
        run(own, check);
        assertThat(started().get(started().size() - 1))
            .as("%s=%s", variable, option)
            .doesNotContain(archives().get(0).toString());
      }
    }
  }

  @Test
  void a_shell_that_minds_unset_variables_starts_it_too() throws Exception {
    Map<String, String> java = new HashMap<>(notingJava());
    Process process = start(Path.of("sh"), java, "-u", script.toString(), "check");
    assertThat(process.waitFor(RunningProduct.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(read("err")).isZero();
  }

  @Test
  void each_kind_of_java_keeps_its_archive_in_the_same_home_and_a_link_to_java_is_that_java()
      throws Exception {
    Map<String, String> java = new HashMap<>(notingJava());
    String[] check = {"check", "--home", home.toString()};
    for (String version : List.of("17.0.9", "25.0.1", "17.0.10")) {
      Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
      run(java, check);
      await().atMost(RunningProduct.PATIENCE).until(() -> !Files.exists(making()));
    }
    assertThat(archives().stream().map(file -> file.toString().replaceFirst(".*[.]", "")))
        .as("and no longer that of 17.0.9")
        .containsExactlyInAnyOrder("jsa", "aot");

    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("jdk"));
    java.put("JAVA_HOME", folder.resolve("link").toString());
    run(java, check);
    assertThat(started().get(started().size() - 1)).contains(" -XX:SharedArchiveFile=");
  }

  @Test
  void it_finds_its_program_behind_a_linked_folder_whatever_cdpath_says() throws Exception {
    Files.createDirectories(folder.resolve("elsewhere/bin"));
    Map<String, String> java = new HashMap<>(notingJava());
    java.put("CDPATH", folder.resolve("elsewhere").toString());
    Path relative = folder.toRealPath().relativize(script.getParent().getParent().toRealPath());
    Files.createSymbolicLink(folder.resolve("bin"), relative.resolve("bin"));
    Process process = start(Path.of("bin/camel-akeeba-backup"), java, "--help");
    assertThat(process.waitFor(RunningProduct.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(read("err")).isZero();
  }

  private Path making() {
    return home.resolve("data/cache/making");
  }

  @Test
  void while_another_process_makes_the_archive_nobody_else_does() throws Exception {
    Map<String, String> java = notingJava();
    Files.createDirectories(making());

    assertThat(run(java, "--home=" + home, "check").code()).isZero();
    assertThat(started()).hasSize(1);

    // that one was killed
    Files.setLastModifiedTime(making(), FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    assertThat(run(java, "--home=" + home, "check").code()).isZero();
    await().atMost(RunningProduct.PATIENCE).until(() -> archives().size() == 1);
  }

  @Test
  void no_archive_is_made_where_it_cannot_be_written_or_nothing_is_configured() throws Exception {
    Map<String, String> java = runningJava();
    Files.writeString(home.resolve("data"), "no folder");
    Ended check = run(java, "check", "--home", home.toString());
    assertThat(check.code()).isZero();
    assertThat(check.err()).isEmpty();

    assertThat(run(java, "--help").code()).isZero();
    assertThat(run(java, "check").code()).isEqualTo(ExitCode.USAGE);
    assertThat(folder.resolve("data")).doesNotExist();
    assertThat(started()).hasSize(3);
  }

  @Test
  void a_command_starts_light_a_serve_does_not_and_java_opts_win() throws Exception {
    Map<String, String> java = new HashMap<>(notingJava());
    java.put("JAVA_OPTS", "-Xmx77m -XX:+UseParallelGC");
    run(java, "--log", "json", "--help");
    run(java, "--log", "json", "serve", "--help");

    assertThat(started().get(0))
        .contains("-XX:TieredStopAtLevel=1 -Xmx77m -XX:+UseParallelGC -jar ")
        .doesNotContain("UseSerialGC");
    assertThat(started().get(1))
        .contains("-XX:+ExitOnOutOfMemoryError -Xmx77m -XX:+UseParallelGC -jar ")
        .doesNotContain("TieredStopAtLevel");
  }

  @Test
  void a_collector_is_chosen_unless_the_user_names_one_in_any_variable_that_java_reads()
      throws Exception {
    Map<String, String> java = new HashMap<>(notingJava());
    run(java, "--help");
    run(java, "serve", "--help");
    java.put("JAVA_TOOL_OPTIONS", "-Xmx77m -XX:+UseG1GC");
    run(java, "serve", "--help");
    java.remove("JAVA_TOOL_OPTIONS");
    java.put("JDK_JAVA_OPTIONS", "-XX:+UseG1GC");
    run(java, "--help");

    assertThat(started().get(0)).contains(" -XX:+UseSerialGC -jar ");
    assertThat(started().get(1)).contains(" -XX:+UseParallelGC -XX:GCTimeRatio=12 -jar ");
    assertThat(started().subList(2, 4)).noneMatch(line -> line.contains("GC"));
  }
}
