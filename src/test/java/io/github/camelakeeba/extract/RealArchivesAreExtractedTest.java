package io.github.camelakeeba.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.camelakeeba.archive.RealArchive;
import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.archive.format.ArchiveVerification.Encryption;
import io.github.camelakeeba.config.FileEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The archives of real servers: the good ones to the byte, of the bad ones nothing that is half.
 */
@Tag("fault")
class RealArchivesAreExtractedTest {
  static final String PASSWORD = "fixture-password"; // of all encrypted ones
  private static final Path ARCHIVES = Path.of("src/test/resources/archives");

  @TempDir Path to;

  @BeforeEach
  void names() {
    assumeThat(FileEncoding.warning()).isNull(); // those in the archives are not ASCII
  }

  private static List<RealArchive> whole() {
    return RealArchive.all().stream().filter(RealArchive::whole).toList();
  }

  private static List<RealArchive> broken() {
    return RealArchive.all().stream().filter(archive -> !archive.whole()).toList();
  }

  private static ArchiveSource source(RealArchive archive) throws IOException {
    return ArchiveSource.of(ARCHIVES.resolve(archive.volumes().get(0)));
  }

  private static Map<String, String> expected() throws IOException {
    return Files.readAllLines(ARCHIVES.resolve("expected-files.sha256")).stream()
        .collect(
            Collectors.toMap(
                line -> line.substring(66).replaceFirst("^\\./", "fixture/"),
                line -> line.substring(0, 64),
                (a, b) -> a,
                TreeMap::new));
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }

  @ParameterizedTest
  @MethodSource("whole")
  void a_whole_one_is_here_to_the_byte(RealArchive archive) throws Exception {
    ExtractResult result = Extraction.PLAIN.password("wrong", PASSWORD).run(source(archive), to);

    assertThat(result.failure()).isNull();
    assertThat(result.warnings().texts()).isEmpty();
    if (archive.entries() > 0) {
      assertThat(result.entries()).isEqualTo(archive.entries());
    }
    assertThat(result.written() + result.folders() + result.links()).isEqualTo(result.entries());
    assertThat(result.encryption())
        .isEqualTo(archive.kind().equals("jps") ? Encryption.DECRYPTED : Encryption.NONE);
    if (archive.kind().equals("sql")) {
      assertThat(to.resolve(archive.file())).hasBinaryContent(archive.bytes());
      return;
    }
    Map<String, String> found = new TreeMap<>();
    List<String> links = new ArrayList<>();
    for (Map.Entry<String, Path> entry : Extraction.tree(to).entrySet()) {
      if (entry.getKey().contains(" -> ")) {
        links.add(entry.getKey());
      } else if (entry.getKey().startsWith("fixture/") && !entry.getKey().endsWith("/")) {
        found.put(entry.getKey(), sha256(entry.getValue()));
      }
    }
    if (result.links() > 0) {
      assertThat(found).isEqualTo(expected());
      assertThat(links)
          .containsExactlyInAnyOrder(
              "fixture/link-to-one.txt -> one.txt", "fixture/link-to-dir -> sub");
    } else {
      assertThat(archive.name()).contains("alldb");
      assertThat(Files.readString(to.resolve("installation/sql/databases.json"))).contains("parts");
    }
  }

  @ParameterizedTest
  @MethodSource("broken")
  void of_a_broken_one_nothing_is_half(RealArchive archive) throws Exception {
    ExtractResult result = Extraction.PLAIN.password(PASSWORD).run(source(archive), to);

    assertThat(result.failure()).isNotNull();
    assertThat(result.failure().kind().word()).isEqualTo("verification");
    assertThat(result.failure().getMessage()).contains(archive.file() + " is broken: ");
    Map<String, String> good = expected();
    for (Map.Entry<String, Path> entry : Extraction.tree(to).entrySet()) {
      assertThat(entry.getKey()).doesNotContain(".extract-");
      if (good.containsKey(entry.getKey())) {
        assertThat(sha256(entry.getValue())).isEqualTo(good.get(entry.getKey()));
      }
    }
    assertThat(Extraction.files(to)).hasSize((int) result.written());
  }

  @Test
  void an_encrypted_one_without_its_password_is_not_extracted_and_says_what_is_missing()
      throws Exception {
    RealArchive encrypted = RealArchive.of("j-full-jps");

    assertThat(Extraction.PLAIN.run(source(encrypted), to).failure())
        .hasMessage(
            "j-full-jps.jps is encrypted. Name a file with its password (--password-file), or write"
                + " archivePassword into sites.yaml.");
    assertThat(Extraction.PLAIN.password("wrong").run(source(encrypted), to).failure())
        .hasMessage("j-full-jps.jps is encrypted, and no password that is known here fits.");
    assertThat(Extraction.tree(to)).isEmpty();
  }

  @Test
  void a_failure_that_wrote_nothing_leaves_the_folders_as_they_were() throws Exception {
    RealArchive encrypted = RealArchive.of("j-full-jps");
    Path before = Files.createDirectory(to.resolve("before"));

    Extraction.PLAIN.run(source(encrypted), before.resolve("a/b"));
    Extraction.PLAIN.run(source(encrypted), before);
    assertThat(Extraction.tree(to)).containsOnlyKeys("before/");

    assertThat(Extraction.PLAIN.run(source(RealArchive.of("j-bad-cut-middle")), to).failure())
        .isNotNull();
    assertThat(Extraction.files(to)).isNotEmpty();
  }

  @Test
  void permissions_and_times_are_those_of_the_archive() throws Exception {
    Extraction.PLAIN.run(
        new JpaFile()
            .file("a/configuration.php", 0100444, "<?php".getBytes())
            .file("a/script.sh", 0100750, "#!/bin/sh".getBytes())
            .folder("a/", 0040555)
            .file("a/later.txt", "later")
            .write(Files.createTempDirectory(to, "x").resolve("site.jpa")),
        to.resolve("site"));

    Path a = to.resolve("site/a");
    assertThat(permissions(a.resolve("configuration.php"))).isEqualTo("r--r--r--");
    assertThat(permissions(a.resolve("script.sh"))).isEqualTo("rwxr-x---");
    assertThat(permissions(a)).isEqualTo("r-xr-xr-x");
    assertThat(Files.getLastModifiedTime(a.resolve("script.sh")).toInstant())
        .isEqualTo(JpaFile.TIME);
    assertThat(Files.getLastModifiedTime(a).toInstant()).isEqualTo(JpaFile.TIME);
    Files.setPosixFilePermissions(a, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
