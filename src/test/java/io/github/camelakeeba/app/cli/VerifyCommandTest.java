package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.archive.RealArchive;
import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.census.Census;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.recheck.ArchiveInspector;
import io.github.camelakeeba.recheck.Inspection;
import io.github.camelakeeba.secret.Sha256;
import io.github.camelakeeba.simulator.RecordedArchiveSite;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.store.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive that has been read to its end is whole or broken, and never the one for the other. */
@Tag("process")
@Tag("fault")
class VerifyCommandTest {
  private static final Path ARCHIVES = Path.of("src/test/resources/archives");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path home;

  private static String archive(String name) {
    return ARCHIVES.resolve(name).toString();
  }

  private Program.Ended verify(String... arguments) {
    List<String> all = new ArrayList<>(List.of("verify"));
    all.addAll(List.of(arguments));
    return new Program(home).run(all.toArray(String[]::new));
  }

  @Test
  void recorded_archives_are_what_is_known_of_them_a_line_each_without_any_configuration()
      throws Exception {
    for (RealArchive one : RealArchive.all()) {
      Program.Ended ended = verify(archive(one.volumes().get(0)), "--json");
      JsonNode archives = JSON.readTree(ended.out()).path("archives");
      assertThat(archives).as(one.name()).hasSize(1);
      if (!one.whole()) {
        assertThat(ended.code()).as("%s: %s", one.name(), ended.out()).isEqualTo(ExitCode.FAILED);
        assertThat(archives.at("/0/state").asText()).isEqualTo("broken");
        assertThat(archives.at("/0/error").asText()).isNotEmpty();
      } else if (one.name().endsWith("dbonly")) {
        assertThat(ended.code()).as(ended.out()).isEqualTo(ExitCode.WARNING);
        assertThat(archives.at("/0/unread").asText()).contains("a .sql has no mark there");
      } else if (!one.name().startsWith("j-night2")) {
        assertThat(ended.code()).as("%s: %s", one.name(), ended.out()).isZero();
        assertThat(archives.at("/0/files")).hasSize(one.volumes().size());
      }
    }
  }

  @Test
  void many_files_are_many_lines_and_the_worst_one_is_the_exit_code() {
    Program.Ended ended =
        verify(
            archive("j-full-split.j02"),
            archive("j-full-jpa.jpa"),
            archive("j-full-split.jpa"),
            archive("j-bad-cut-middle.jpa"));

    assertThat(ended.code()).isEqualTo(ExitCode.FAILED);
    assertThat(ended.out().lines())
        .satisfiesExactly(
            split ->
                assertThat(split)
                    .isEqualTo(
                        "j-full-split.jpa: whole (3 files, no checksum known to compare with), in it"
                            + " 22 files, 6 tables, 3,119 rows"),
            whole -> assertThat(whole).startsWith("j-full-jpa.jpa: whole (1 file"),
            cut -> assertThat(cut).startsWith("j-bad-cut-middle.jpa: broken: "));
  }

  @Test
  void an_encrypted_one_is_read_with_its_password_and_else_its_structure_is() throws Exception {
    Path right = Files.writeString(home.resolve("right"), "fixture-password\n");
    Path wrong = Files.writeString(home.resolve("wrong"), "another");
    String jps = archive("j-full-jps.jps");

    assertThat(verify(jps, "--password-file", right.toString()).out())
        .startsWith("j-full-jps.jps: whole (");
    Program.Ended none = verify(jps);
    assertThat(none.code()).isZero();
    assertThat(none.out())
        .startsWith(
            "j-full-jps.jps: its structure is whole; it is encrypted, and without a password");
    Program.Ended other = verify(jps, "--password-file", wrong.toString());
    assertThat(other.code()).isZero();
    assertThat(other.out()).contains("its structure is whole; no password fits");

    new Program(home)
        .sites(
            "sites: {shop: {url: \"http://127.0.0.1:9/index.php\", secret: word, archivePassword: fixture-password}}");
    assertThat(verify(jps).out()).startsWith("j-full-jps.jps: whole (");
  }

  @Test
  void a_part_that_is_missing_is_told_and_is_no_wrong_usage() throws Exception {
    Files.copy(ARCHIVES.resolve("j-full-split.j01"), home.resolve("j-full-split.j01"));
    Files.copy(ARCHIVES.resolve("j-full-split.jpa"), home.resolve("j-full-split.jpa"));

    Program.Ended ended = verify(home.resolve("j-full-split.jpa").toString());

    assertThat(ended.code()).isEqualTo(ExitCode.FAILED);
    assertThat(ended.out()).contains("j-full-split.jpa: broken: ");

    assertThat(verify("nowhere.jpa").code()).isEqualTo(ExitCode.USAGE);
    Path text = Files.writeString(home.resolve("notes.txt"), "no archive");
    assertThat(verify(text.toString()).code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void each_bit_that_flips_in_a_downloaded_archive_is_found() throws Exception {
    try (RunningProduct product = new RunningProduct(home)) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(3);
      shop.parts(2).size(200_000);
      product.site("shop", shop.url(), "download: {to: \"archives/{site}\"}").durable().start();
      product.backup("shop");
      Path folder = home.resolve("archives/shop");
      List<Path> files;
      try (Stream<Path> all = Files.list(folder)) {
        files = all.filter(file -> file.toString().matches(".+\\.j(pa|\\d\\d)")).sorted().toList();
      }

      product.stop();
      Program.Ended whole = verify("shop", "1");
      assertThat(whole.code()).as(whole.out() + whole.err()).isZero();
      assertThat(whole.out())
          .as(whole.err())
          .contains(": whole (2 files as downloaded, by SHA-256)");
      assertThat(verify("shop", "latest").code()).isZero();

      Random random = new Random(19);
      for (int i = 0; i < 12; i++) {
        Path file = files.get(random.nextInt(files.size()));
        byte[] good = Files.readAllBytes(file);
        byte[] bad = good.clone();
        bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, bad);
        Program.Ended ended = verify(files.get(0).toString());
        assertThat(ended.code()).as("%s: %s", file, ended.out()).isEqualTo(ExitCode.FAILED);
        Files.write(file, good);
      }

      Files.delete(files.get(1));
      Program.Ended gone = verify("shop", "1");
      assertThat(gone.code()).isEqualTo(ExitCode.FAILED);
      assertThat(gone.out())
          .contains("shop: broken: Files of the archive of backup 1 are gone from ");
    }
  }

  @Test
  void a_copy_that_holds_other_than_was_counted_is_broken_and_its_tables_are_named()
      throws Exception {
    String differs =
        "In it is not what was counted when it was downloaded: #__lab_rows has 1,618 rows in place"
            + " of 2,500.";
    try (RecordedArchiveSite night = RecordedArchiveSite.of(RealArchive.of("j-night1-good"));
        RunningProduct product = new RunningProduct(home).durable()) {
      product
          .site("shop", night.url(), "profile: 125", "download: {to: \"archives/{site}\"}")
          .start();
      String name = product.backup("shop").data().archive();
      product.stop();
      Path file = home.resolve("archives/shop").resolve(name);
      byte[] good = Files.readAllBytes(file);
      Program.Ended whole = verify("shop", "latest");
      assertThat(whole.code()).as(whole.out() + whole.err()).isZero();
      assertThat(whole.out())
          .as(whole.err())
          .contains("6 tables, 3,119 rows, as counted at the download");

      Files.copy(
          ARCHIVES.resolve("j-night2-rows-missing.jpa"), file, StandardCopyOption.REPLACE_EXISTING);
      Program.Ended changed = verify("shop", "latest", "--json");
      assertThat(changed.code()).isEqualTo(ExitCode.FAILED);
      JsonNode archive = JSON.readTree(changed.out()).at("/archives/0");
      assertThat(archive.path("error").asText())
          .startsWith("The file " + name + " has changed since it was downloaded: ")
          .endsWith(differs);
      assertThat(archive.path("differences"))
          .extracting(JsonNode::asText)
          .contains("#__lab_rows has 1,618 rows in place of 2,500");

      try (Database database = Database.file(home.resolve("data"), 2)) {
        database.jdbc().update("update archive set checksums = null");
      }
      Files.delete(file.resolveSibling("SHA256SUMS"));
      assertThat(verify("shop", "latest").out()).contains(": broken: " + differs);

      Files.write(file, good);
      assertThat(verify("shop", "latest").code()).isZero();
    }
  }

  /** The bytes say more than the counting, which a later version may do otherwise. */
  @Test
  void the_bytes_that_were_downloaded_are_not_broken_because_they_are_counted_otherwise()
      throws Exception {
    Inspection counted =
        inspected(Map.of("j-night1-good.jpa", Sha256.hex(RealArchive.of("j-night1-good").bytes())));
    assertThat(counted.damage()).isNull();
    assertThat(counted.warnings())
        .singleElement()
        .asString()
        .contains("another version of this program counted otherwise: 22 files in place of 21");

    assertThat(inspected(Map.of()).damage()).endsWith("downloaded: 22 files in place of 21.");
  }

  private static Inspection inspected(Map<String, String> known) throws Exception {
    return ArchiveInspector.inspect(
        ArchiveSource.of(ARCHIVES.resolve("j-night1-good.jpa")),
        known,
        new Census(21, 153_669, true, List.of()),
        List.of(),
        bytes -> {});
  }
}
