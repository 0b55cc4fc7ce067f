package io.github.camelakeeba.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.archive.dump.DumpExpectation;
import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.archive.format.ReadProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What MariaDB and MySQL have beside tables and rows is restored, or said to be no matter of the
 * archive: a good dump is never {@code unproved}.
 */
@Tag("mariadb")
class RestoreDialectsTest {
  private static final Path DUMPS = Path.of("src/test/resources/dumps/dialects.txt");

  @TempDir static Path folder;
  private static MariaDb server;

  @BeforeAll
  static void startServer() throws Exception {
    server = MariaDb.shared();
  }

  private record Dump(String verdict, String reason, String name, String sql) {
    static Dump of(String text) {
      int end = text.indexOf('\n');
      String[] head = text.substring(0, end).split(" \\| ");
      String sql = text.substring(end + 1);
      return new Dump(
          head[0],
          head[1],
          head[2],
          head[2].endsWith("as on Windows") ? sql.strip().replace("\n", "\r\n") + "\n" : sql);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Dump> dumps() throws IOException {
    return Arrays.stream(Files.readString(DUMPS).split("(?m)^=== ")).skip(1).map(Dump::of);
  }

  @Tag("fault")
  @ParameterizedTest
  @MethodSource("dumps")
  void a_good_dump_is_proved_or_says_what_stands_in_the_way(Dump dump) throws Exception {
    Path file = Files.writeString(folder.resolve("dump.sql"), dump.sql());
    RestoreResult result =
        new RestoreTest(folder.resolve("restore"), MariaDb.LONG)
            .run(
                ArchiveSource.of(file),
                List.of(),
                server.settings(),
                DumpExpectation.NONE,
                ReadProgress.NONE);
    assertThat(result.reason()).contains(dump.reason()).doesNotContain("akeeba_restore_");
    assertThat(result.verdict()).hasToString(dump.verdict());
  }
}
