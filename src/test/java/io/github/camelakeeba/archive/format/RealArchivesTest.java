package io.github.camelakeeba.archive.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.camelakeeba.archive.RealArchive;
import io.github.camelakeeba.archive.format.ArchiveEntry.Kind;
import io.github.camelakeeba.secret.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The archives of real servers get the verdict of an independent reader, and so does what damage
 * makes of them, wherever their format can show it.
 */
@Tag("fault")
class RealArchivesTest {
  private static final int ZEROS = 1024;
  private static final Pattern MARK =
      Pattern.compile("JP[AFSE]|JPIV|PK(\\x03\\x04|\\x01\\x02|\\x05\\x06)");
  private static final Path ARCHIVES = Path.of("src/test/resources/archives");
  private static final Path UNSEEN = ARCHIVES.resolve("unseen.txt");
  private static final String PASSWORD = "fixture-password";
  private static final Instant SEEDED = Instant.parse("2025-10-09T08:53:20Z");

  @TempDir Path folder;

  private static List<RealArchive> all() {
    return RealArchive.all();
  }

  private static List<RealArchive> whole() {
    return all().stream().filter(RealArchive::whole).toList();
  }

  private static Stream<RealArchive> split() {
    return whole().stream().filter(archive -> archive.volumes().size() > 1);
  }

  private ArchiveVerification read(
      RealArchive archive, List<byte[]> parts, EntrySink sink, String... passwords)
      throws IOException {
    List<Path> files = new ArrayList<>();
    for (byte[] part : parts) {
      files.add(Files.write(folder.resolve("volume-" + files.size()), part));
    }
    return ArchiveReader.read(
        ArchiveSource.ofFiles(archive.file(), files),
        Arrays.stream(passwords).map(Secret::unmasked).toList(),
        ReadProgress.NONE,
        sink);
  }

  /** Whether the damage shows. */
  private boolean seen(RealArchive archive, List<byte[]> parts) throws IOException {
    try {
      read(archive, parts, EntrySink.NONE);
      return false;
    } catch (BrokenArchiveException broken) {
      return true;
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void each_gets_the_verdict_of_its_structure(RealArchive archive) throws IOException {
    if (!archive.whole()) {
      assertThatThrownBy(() -> read(archive, archive.parts(), EntrySink.NONE))
          .isInstanceOf(BrokenArchiveException.class)
          .message()
          .contains(archive.says());
      assertThatThrownBy(() -> read(archive, archive.parts(), EntrySink.NONE, PASSWORD))
          .isInstanceOf(BrokenArchiveException.class)
          .message()
          .contains(archive.says());
      return;
    }

    String unread = read(archive, archive.parts(), EntrySink.NONE).unreadableReason();

    switch (archive.kind()) {
      case "jps" -> assertThat(unread).contains("structure was checked to the last byte");
      case "sql" -> assertThat(unread).contains("read to its end", "has no mark there");
      default -> assertThat(unread).isNull();
    }
  }

  @ParameterizedTest
  @MethodSource("whole")
  void each_entry_is_handed_out_whole_with_what_the_archive_says_of_it(RealArchive archive)
      throws Exception {
    CollectedEntries found = new CollectedEntries();

    ArchiveVerification read = read(archive, archive.parts(), found, PASSWORD);

    assertThat(found.complete()).isTrue();
    if (archive.kind().equals("sql")) {
      assertThat(found.checksums).containsOnlyKeys("j-dbonly.sql");
      return;
    }
    assertThat(read.unreadableReason()).isNull();
    assertThat(read.decrypted()).isEqualTo(archive.kind().equals("jps"));
    assertThat(found.entries).hasSize(archive.entries());
    if (!archive.name().contains("alldb")) {
      assertThat(found.checksums).containsAllEntriesOf(expected());
      assertThat(found.links)
          .containsOnly(
              entry("fixture/link-to-one.txt", "one.txt"), entry("fixture/link-to-dir", "sub"));
      assertThat(found.entries.stream().filter(one -> one.kind() == Kind.FOLDER)).hasSize(5);
      checkAttributes(found, archive.kind());
    }
  }

  /** A ZIP of Akeeba has no modes; its time is the same, to two seconds. */
  private static void checkAttributes(CollectedEntries found, String kind) {
    boolean zip = kind.equals("zip");
    ArchiveEntry file = found.entry("fixture/one.txt");
    assertThat(file.modified()).isEqualTo(SEEDED);
    assertThat(file.mode()).isEqualTo(zip ? -1 : 0644);
    assertThat(file.size()).isEqualTo(1);
    ArchiveEntry folder = found.entry("fixture/sub/empty");
    assertThat(folder.modified()).isNull();
    assertThat(folder.mode()).isEqualTo(zip ? -1 : 0755);
    ArchiveEntry link = found.entry("fixture/link-to-one.txt");
    assertThat(link.kind()).isEqualTo(Kind.LINK);
    assertThat(link.modified()).isNull();
    assertThat(link.mode()).isEqualTo(zip ? -1 : 0644);
  }

  @ParameterizedTest
  @MethodSource("whole")
  void the_volumes_are_found_by_any_of_them(RealArchive archive) throws Exception {
    for (String volume : archive.volumes()) {
      ArchiveSource source = ArchiveSource.of(ARCHIVES.resolve(volume));

      assertThat(source.name()).isEqualTo(archive.file());
      assertThat(source.volumes()).extracting(Volume::name).isEqualTo(archive.volumes());
      assertThat(source.size()).isEqualTo(archive.bytes().length);
    }
  }

  private static Map<String, String> expected() throws IOException {
    Map<String, String> sums = new LinkedHashMap<>();
    for (String line : Files.readAllLines(ARCHIVES.resolve("expected-files.sha256"))) {
      sums.put("fixture/" + line.substring(68), line.substring(0, 64));
    }
    return sums;
  }

  @ParameterizedTest
  @MethodSource("split")
  void volumes_in_another_order_are_broken(RealArchive archive) throws IOException {
    List<byte[]> parts = archive.parts();
    for (int i = 0; i < parts.size(); i++) {
      for (int j = i + 1; j < parts.size(); j++) {
        List<byte[]> swapped = new ArrayList<>(parts);
        Collections.swap(swapped, i, j);
        assertThat(seen(archive, swapped)).as("%s and %s swapped", i, j).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("split")
  void one_volume_missing_is_broken(RealArchive archive) throws IOException {
    for (int i = 0; i < archive.volumes().size(); i++) {
      List<byte[]> fewer = new ArrayList<>(archive.parts());
      fewer.remove(i);
      assertThat(seen(archive, fewer)).as("without %s", archive.volumes().get(i)).isTrue();
      fewer.add(i, new byte[0]);
      assertThat(seen(archive, fewer)).as("%s empty", archive.volumes().get(i)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("whole")
  void bytes_behind_the_end_are_broken(RealArchive archive) throws IOException {
    byte[] good = archive.bytes();
    for (int more : new int[] {1, 100, 100_000}) {
      assertThat(seen(archive, archive.split(Arrays.copyOf(good, good.length + more))))
          .as("%s zeros behind the end", more)
          .isTrue();
    }
  }

  /** Places that the tenths and twentieths below seldom hit. */
  @ParameterizedTest
  @ValueSource(strings = {"j-full-split", "j-full-splitzip", "j-full-jps", "j-alldb-splitjps"})
  void a_mark_that_is_overwritten_is_seen_wherever_it_stands(String name) throws IOException {
    RealArchive archive = RealArchive.of(name);
    byte[] good = archive.bytes();
    String text = new String(good, StandardCharsets.ISO_8859_1);
    List<Integer> places =
        MARK.matcher(text).results().map(MatchResult::start).collect(Collectors.toList());
    assertThat(places).hasSizeGreaterThan(archive.entries());
    for (int at : places) {
      byte[] bad = good.clone();
      bad[at + 2]++;
      assertThat(seen(archive, archive.split(bad))).as("the mark at byte %s", at).isTrue();
    }
  }

  /**
   * What the format can't show is listed, place by place: stored or incompressible data of a JPA,
   * cipher text of a JPS.
   */
  @Test
  void cut_anywhere_or_with_zeros_in_it_each_is_broken_but_where_its_format_shows_nothing()
      throws IOException {
    List<String> unseen = new ArrayList<>();
    for (RealArchive archive : whole()) {
      byte[] good = archive.bytes();
      for (int i = 1; i <= 10; i++) {
        int length = i == 10 ? good.length - 1 : good.length / 10 * i;
        if (!seen(archive, archive.split(Arrays.copyOf(good, length)))) {
          unseen.add("%s cut at %d".formatted(archive, length));
        }
      }
      for (int i = 0; i < 20; i++) {
        byte[] bad = good.clone();
        int at = good.length / 20 * i;
        Arrays.fill(bad, at, Math.min(bad.length, at + ZEROS), (byte) 0);
        if (!seen(archive, archive.split(bad))) {
          unseen.add("%s zeros at %d".formatted(archive, at));
        }
      }
    }
    assertThat(unseen)
        .containsExactlyElementsOf(
            Files.readAllLines(UNSEEN).stream().map(line -> line.replaceFirst(":.*", "")).toList());
  }
}
