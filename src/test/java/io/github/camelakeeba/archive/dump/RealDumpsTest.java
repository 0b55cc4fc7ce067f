package io.github.camelakeeba.archive.dump;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.archive.RealArchive;
import io.github.camelakeeba.archive.format.ArchiveReader;
import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.archive.format.ReadProgress;
import io.github.camelakeeba.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The dumps of real servers, good and damaged, held against what their sites had told. */
class RealDumpsTest {
  private static final List<Secret> PASSWORDS = List.of(Secret.unmasked("fixture-password"));

  @TempDir Path folder;

  private static List<RealArchive> readable() {
    return RealArchive.all().stream().filter(RealArchive::whole).toList();
  }

  private DumpSink read(RealArchive archive) throws IOException {
    List<Path> files = new ArrayList<>();
    for (byte[] part : archive.parts()) {
      files.add(Files.write(folder.resolve("volume-" + files.size()), part));
    }
    DumpSink sink = new DumpSink(archive.file());
    ArchiveReader.read(
        ArchiveSource.ofFiles(archive.file(), files), PASSWORDS, ReadProgress.NONE, sink);
    return sink;
  }

  /** The largest count of each table in the answers of the recorded run. */
  private static DumpExpectation told(RealArchive archive) {
    Map<String, Long> rows = new TreeMap<>();
    for (JsonNode exchange : archive.recording().path("exchanges")) {
      JsonNode data = exchange.path("answer").path("data");
      String[] count = data.path("Substep").asText().split(" / ");
      if (data.path("Domain").asText().equals("PackDB") && count.length == 2) {
        rows.merge(data.path("Step").asText(), Long.parseLong(count[1]), Math::max);
      }
    }
    return new DumpExpectation(rows, List.of());
  }

  @ParameterizedTest
  @MethodSource("readable")
  void each_gets_its_verdict(RealArchive archive) throws IOException {
    DumpVerification verdict = read(archive).verdict(told(archive));

    switch (archive.name()) {
      case "j-night2-rows-missing" ->
          assertThat(verdict.failure())
              .isEqualTo(
                  "The table jos_lab_rows has 1618 rows in the dump, but the site counted 2500 when it began to dump it.");
      case "j-night2-tables-missing" ->
          assertThat(verdict.failure())
              .isEqualTo(
                  "Of the 7 tables and views that the dump should hold, 5 are not in it: #__lab_types, #__lab_auto, #__lab_zz, lab_plain, #__lab_rows."
                      + " The table jos_lab_rows has 1764 rows in the dump, but the site counted 2500 when it began to dump it.");
      case "j-night2-rows-twice" ->
          assertThat(verdict.failure())
              .isEqualTo(
                  "The dump creates more than once: #__lab_empty, #__lab_view."
                      + " The dump holds 220 rows of the table #__lab_rows twice (keys 2281 to 2500)."
                      + " The table jos_lab_rows has 2720 rows in the dump, but the site counted 2500 when it began to dump it.");
      default -> assertThat(verdict).isEqualTo(DumpVerification.NONE);
    }
  }

  /** Without any count, as where somebody else's backup is fetched. */
  @ParameterizedTest
  @CsvSource({
    "j-night2-tables-missing, 5 are not in it",
    "j-night2-rows-twice, 220 rows of the table #__lab_rows twice"
  })
  void damage_that_shows_without_counts(String name, String says) throws IOException {
    assertThat(read(RealArchive.of(name)).verdict(DumpExpectation.NONE).failure()).contains(says);
  }

  @ParameterizedTest
  @MethodSource("readable")
  void each_row_is_counted(RealArchive archive) throws IOException {
    DumpSink sink = read(archive);
    String prefix = archive.name().startsWith("w-") ? "wp_" : "jos_";

    archive
        .rows()
        .forEach(
            (table, rows) -> {
              String real = table.equals("lab_plain") ? table : prefix + table;
              DumpExpectation fewer = new DumpExpectation(Map.of(real, rows - 1L), List.of());
              if (rows > 0 && !table.equals("views")) {
                assertThat(sink.verdict(fewer).failure())
                    .contains("The table %s has %d rows in the dump,".formatted(real, rows));
              }
            });
  }
}
