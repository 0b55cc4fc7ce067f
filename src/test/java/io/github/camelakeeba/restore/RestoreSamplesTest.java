package io.github.camelakeeba.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.archive.dump.DumpExpectation;
import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.archive.format.ReadProgress;
import io.github.camelakeeba.restore.RestoreResult.RestoredTable;
import io.github.camelakeeba.restore.RestoreResult.Verdict;
import io.github.camelakeeba.secret.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives of real sites, restored into a real server, with the rights that the documents name. */
@Tag("mariadb")
class RestoreSamplesTest {
  private static final Path SAMPLES = Path.of("src/test/resources/archives");
  private static final Map<String, Long> ROWS =
      Map.of(
          "#__lab_types", 12L,
          "#__lab_auto", 600L,
          "#__lab_zz", 2L,
          "lab_plain", 5L,
          "#__lab_rows", 2500L,
          "#__lab_empty", 0L);

  @TempDir static Path place;
  private static MariaDb server;
  private final RestoreTest restores = new RestoreTest(place.resolve("restore"), MariaDb.LONG);

  @BeforeAll
  static void startServer() throws Exception {
    server = MariaDb.shared();
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    assertThat(server.scratchSchemas()).isEmpty();
    Path notes = place.resolve("restore");
    assertThat(!Files.exists(notes) || isEmpty(notes)).as("no note is left").isTrue();
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private RestoreResult restored(String sample, DumpExpectation expected) throws Exception {
    return restored(SAMPLES.resolve(sample), expected);
  }

  private RestoreResult restored(Path archive) throws Exception {
    return restored(archive, DumpExpectation.NONE);
  }

  private RestoreResult restored(Path archive, DumpExpectation expected) throws Exception {
    return restores.run(
        ArchiveSource.of(archive),
        List.of(new Secret("wrong-password"), new Secret("fixture-password")),
        server.settings(),
        expected,
        ReadProgress.NONE);
  }

  private RestoreResult restored(String sample) throws Exception {
    return restored(sample, DumpExpectation.NONE);
  }

  private static Map<String, Long> rows(RestoreResult result) {
    Map<String, Long> rows = new TreeMap<>();
    for (RestoredTable table : result.tables()) {
      rows.put(table.name(), table.rows());
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "j-full-jpa.jpa",
        "j-full-split.jpa",
        "j-full-zip.zip",
        "j-full-splitzip.zip",
        "j-full-jps.jps",
        "j-alldb-splitjps.jps",
        "j-alldb-jpa.jpa",
        "j-alldb-plaininserts.jpa",
        "j-night1-good.jpa",
        "w-full-jpa.jpa",
        "w-full-zip.zip",
        "w-alldb-jpa.jpa"
      })
  void a_good_archive_is_proved_with_all_its_rows(String sample) throws Exception {
    RestoreResult result = restored(sample);
    assertThat(result.reason()).isNull();
    assertThat(result.verdict()).isEqualTo(Verdict.PROVED);
    assertThat(rows(result)).isEqualTo(ROWS);
    assertThat(result.server()).startsWith("11.4.5-MariaDB");
    assertThat(result.sha256()).isNotEmpty();
  }

  @Test
  void a_dump_without_an_archive_is_proved() throws Exception {
    RestoreResult result = restored("j-dbonly.sql");
    assertThat(result.reason()).contains("nor a mark at its end");
    assertThat(result.verdict()).isEqualTo(Verdict.PROVED);
    assertThat(rows(result)).containsEntry("jos_lab_rows", 1000L).hasSize(6);
  }

  @Test
  void an_encrypted_archive_whose_password_is_not_known_is_neither() throws Exception {
    RestoreResult result =
        restores.run(
            ArchiveSource.of(SAMPLES.resolve("j-full-jps.jps")),
            List.of(new Secret("wrong-password")),
            server.settings(),
            DumpExpectation.NONE,
            ReadProgress.NONE);
    assertThat(result.verdict()).isEqualTo(Verdict.UNTESTED);
    assertThat(result.reason()).contains("encrypted");
  }

  /** Both have a table of the same name; files of a dump follow each other in the archive. */
  @Test
  void each_database_of_an_archive_has_a_schema_of_its_own() throws Exception {
    String list =
        """
        {"site.sql": {"sqlfile": "site.sql", "prefix": "jos_", "parts": 2, "tables": {"table": ["#__a"], "view": []}},
         "shop.sql": {"sqlfile": "shop.sql", "prefix": "jos_", "parts": 1, "tables": {"table": ["#__a"], "view": []}}}
        """;
    String create = "/**ABDB**/CREATE TABLE `#__a` (`x` int);\n";
    String insert = "/**ABDB**/INSERT INTO `#__a`  VALUES \n('1'),\n('2');\n";
    RestoreResult result =
        restored(
            archive(
                "site.sql",
                create + insert,
                "site.s01",
                insert,
                "shop.sql",
                create + insert,
                "databases.json",
                list));
    assertThat(result.reason()).isNull();
    assertThat(result.verdict()).isEqualTo(Verdict.PROVED);
    assertThat(result.tables())
        .containsExactly(new RestoredTable("#__a", 4), new RestoredTable("#__a", 2));

    RestoreResult disordered =
        restored(archive("site.sql", create, "site.s02", insert, "databases.json", list));
    assertThat(disordered.verdict()).isEqualTo(Verdict.UNPROVED);
    assertThat(disordered.reason()).contains("are not in it");
  }

  private static Path archive(String... files) throws IOException {
    Path archive = Files.createTempFile(place, "two", ".zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      zip.setMethod(ZipOutputStream.STORED); // sizes in front, as Akeeba writes them
      for (int i = 0; i < files.length; i += 2) {
        byte[] content = files[i + 1].getBytes(StandardCharsets.UTF_8);
        ZipEntry entry = new ZipEntry("installation/sql/" + files[i]);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setCrc(crc.getValue());
        entry.setSize(content.length);
        zip.putNextEntry(entry);
        zip.write(content);
      }
    }
    return archive;
  }

  @Test
  void an_archive_of_files_only_is_proved_by_reading_them() throws Exception {
    RestoreResult result = restored("j-files-jpa.jpa");
    assertThat(result.verdict()).isEqualTo(Verdict.PROVED);
    assertThat(result.reason()).contains("files only");
    assertThat(result.files()).isEqualTo(22);
    assertThat(result.tables()).isEmpty();
  }

  @Tag("fault")
  @Test
  void an_archive_that_has_lost_its_dump_is_not_taken_for_one_of_files_only() throws Exception {
    RestoreResult result =
        restored("j-files-jpa.jpa", new DumpExpectation(Map.of(), List.of(), true));
    assertThat(result.verdict()).isEqualTo(Verdict.UNPROVED);
    assertThat(result.reason()).contains("the last backup of the same profile had one");
  }

  @Tag("fault")
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          j-night2-tables-missing.jpa | 5 are not in it
          j-night2-rows-twice.jpa     | 220 rows of the table #__lab_rows twice
          j-bad-foreign-jpa.jpa       | The archive is broken. It has zeros
          j-bad-foreign-split.jpa     | The archive is broken. It has zeros
          j-bad-foreign-zip.zip       | The archive is broken. It begins with zeros
          j-bad-foreign-splitzip.zip  | The archive is broken. It begins with zeros
          j-bad-foreign-jps.jps       | The archive is broken. It begins with zeros
          j-bad-overlap-dump.jpa      | The archive is broken.
          j-bad-overlap-files.jpa     | The archive is broken.
          j-bad-cut-middle.jpa        | The archive is broken. The archive ends in the middle
          w-bad-foreign-jpa.jpa       | The archive is broken. It has zeros
          """)
  void a_bad_archive_is_unproved_with_the_reason(String sample, String reason) throws Exception {
    RestoreResult result = restored(sample);
    assertThat(result.reason()).contains(reason);
    assertThat(result.verdict()).isEqualTo(Verdict.UNPROVED);
  }

  /** What counts as much as it holds itself has proved nothing. */
  @Tag("fault")
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                                 | no list of its tables
          {                                                                  | no list of its tables
          []                                                                 | not in the list
          {"site.sql": {"parts": 2, "sqlfile": "site.sql", "tables": []}}    | has 1 of its 2 files
          {"site.sql": {"sqlfile": "site.sql"}, "b": {"sqlfile": "b.sql", "parts": 1}} | none of its 1 files
          """)
  void a_dump_whose_list_does_not_account_for_it_is_unproved(String list, String reason)
      throws Exception {
    String sql = "/**ABDB**/CREATE TABLE `#__a` (`x` int);\n";
    RestoreResult result =
        restored(
            list.isEmpty()
                ? archive("site.sql", sql)
                : archive("site.sql", sql, "databases.json", list));
    assertThat(result.reason()).contains(reason);
    assertThat(result.verdict()).isEqualTo(Verdict.UNPROVED);
  }

  @Tag("fault")
  @Test
  void a_dump_without_a_table_proves_nothing() throws Exception {
    Path dump = Files.writeString(place.resolve("nothing.sql"), "SET NAMES utf8mb4;\n");
    RestoreResult result = restored(dump);
    assertThat(result.reason()).contains("creates no table");
    assertThat(result.verdict()).isEqualTo(Verdict.UNPROVED);
  }

  @Tag("fault")
  @Test
  void an_archive_of_more_databases_than_any_site_has_makes_no_schema_for_each() throws Exception {
    String[] files = new String[200];
    for (int i = 0; i < files.length; i += 2) {
      files[i] = "db%s.sql".formatted(i);
      files[i + 1] = "/**ABDB**/CREATE TABLE `#__a` (`x` int);\n";
    }
    RestoreResult result = restored(archive(files));
    assertThat(result.reason()).contains("more than 50 databases");
    assertThat(result.verdict()).isEqualTo(Verdict.UNTESTED);
  }

  @Tag("fault")
  @Test
  void rows_that_a_killed_step_lost_show_against_what_the_site_had_counted() throws Exception {
    RestoreResult result =
        restored(
            "j-night2-rows-missing.jpa",
            new DumpExpectation(Map.of("jos_lab_rows", 2500L), List.of()));
    assertThat(result.verdict()).isEqualTo(Verdict.UNPROVED);
    assertThat(result.reason()).contains("1618").contains("2500");
  }

  @Test
  void without_that_count_what_was_counted_is_told_for_comparison() throws Exception {
    RestoreResult result = restored("j-night2-rows-missing.jpa");
    assertThat(result.verdict()).isEqualTo(Verdict.PROVED);
    assertThat(rows(result)).containsEntry("#__lab_rows", 1618L);
  }
}
