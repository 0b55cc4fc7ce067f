package io.github.camelakeeba.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.archive.format.Volume;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was interrupted goes on, and what is there is compared, not trusted. */
@Tag("fault")
class ExtractionGoesOnTest {
  private static final int FILES = 20;

  @TempDir Path folder;
  private Path to;
  private ArchiveSource archive;

  @BeforeEach
  void an_archive() throws IOException {
    to = folder.resolve("to");
    JpaFile jpa = new JpaFile();
    for (int i = 0; i < FILES; i++) {
      jpa.file("f%02d.bin".formatted(i), 0100640, noise(i));
    }
    archive = jpa.write(folder.resolve("site.jpa"));
  }

  private static byte[] noise(int seed) {
    byte[] bytes = new byte[40_000];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** The same whose connection breaks off after so many bytes. */
  private ArchiveSource brokenOff(long after) {
    Volume whole = archive.volumes().get(0);
    return ArchiveSource.of(
        archive.name(),
        List.of(
            new Volume() {
              @Override
              public String name() {
                return whole.name();
              }

              @Override
              public long size() {
                return whole.size();
              }

              @Override
              public InputStream open() throws IOException {
                return new FilterInputStream(whole.open()) {
                  private long left = after;

                  @Override
                  public int read(byte[] bytes, int offset, int length) throws IOException {
                    if (left <= 0) {
                      throw new IOException("connection reset");
                    }
                    int n = super.read(bytes, offset, (int) Math.min(length, left));
                    left -= n;
                    return n;
                  }
                };
              }
            }));
  }

  @Test
  void a_connection_that_breaks_off_leaves_nothing_half_and_the_next_call_goes_on()
      throws Exception {
    ExtractResult first = Extraction.PLAIN.run(brokenOff(archive.size() / 2), to);

    assertThat(first.failure()).hasMessage("site.jpa can't be read: connection reset.");
    assertThat(first.written()).isBetween(1L, FILES - 1L);
    assertThat(Extraction.files(to))
        .hasSize((int) first.written() + 1)
        .contains(EntryPath.JOURNAL)
        .doesNotContain(EntryPath.PARTIAL_FILE);

    ExtractResult second = Extraction.PLAIN.run(archive, to);

    assertThat(second.failure()).isNull();
    assertThat(second.kept()).isEqualTo(first.written());
    assertThat(second.written()).isEqualTo(FILES - first.written());
    assertThat(Extraction.files(to)).hasSize(FILES);
    for (int i = 0; i < FILES; i++) {
      assertThat(to.resolve("f%02d.bin".formatted(i))).hasBinaryContent(noise(i));
    }
  }

  /** As a power failure can leave it: the name is there, and the bytes are not. */
  @Test
  void a_file_that_the_disk_has_lost_is_written_anew() throws Exception {
    Extraction.PLAIN.run(brokenOff(archive.size() / 2), to);
    Files.write(to.resolve("f00.bin"), new byte[0]);
    byte[] changed = noise(1);
    changed[changed.length - 1]++;
    Files.write(to.resolve("f01.bin"), changed);
    Files.writeString(to.resolve(EntryPath.PARTIAL_FILE), "of one that was killed");

    ExtractResult second = Extraction.PLAIN.run(archive, to);

    assertThat(second.failure()).isNull();
    assertThat(to.resolve("f00.bin")).hasBinaryContent(noise(0));
    assertThat(to.resolve("f01.bin")).hasBinaryContent(noise(1));
    assertThat(Extraction.files(to)).hasSize(FILES);
  }

  @Test
  void a_file_of_another_origin_stops_it_also_where_the_sizes_are_the_same() throws Exception {
    Files.createDirectories(to);
    byte[] mine = noise(5);
    mine[20_000]++;
    Files.write(to.resolve("f05.bin"), mine);

    ExtractResult refused = Extraction.PLAIN.run(archive, to);

    assertThat(refused.failure().getMessage()).contains("f05.bin is there already, with other");
    assertThat(refused.written()).isEqualTo(5);
    assertThat(to.resolve("f05.bin")).hasBinaryContent(mine);

    ExtractResult replaced = Extraction.PLAIN.overwriting().run(archive, to);
    assertThat(replaced.written()).isEqualTo(FILES - 5);
    assertThat(to.resolve("f05.bin")).hasBinaryContent(noise(5));
  }

  @Test
  void what_is_kept_gets_its_permissions_and_its_time_again() throws Exception {
    Extraction.PLAIN.run(archive, to);
    Files.setLastModifiedTime(to.resolve("f03.bin"), FileTime.from(Instant.EPOCH));

    assertThat(Extraction.PLAIN.run(archive, to).kept()).isEqualTo(FILES);

    assertThat(Files.getLastModifiedTime(to.resolve("f03.bin")).toInstant())
        .isEqualTo(JpaFile.TIME);
  }

  @Test
  void another_archive_does_not_go_into_a_folder_that_is_half_full_of_one() throws Exception {
    Extraction.PLAIN.run(brokenOff(archive.size() / 2), to);
    ArchiveSource other = new JpaFile().file("a.txt", "a").write(folder.resolve("other.jpa"));

    assertThatThrownBy(() -> Extraction.PLAIN.run(other, to))
        .isInstanceOf(AkeebaException.class)
        .hasMessageContaining("Another archive, site.jpa, was begun to be extracted into")
        .hasMessageContaining(".extract-journal");
    assertThat(Extraction.PLAIN.overwriting().run(other, to).written()).isEqualTo(1);
  }

  @Test
  void two_at_once_into_one_folder_are_refused() throws Exception {
    Files.createDirectories(to);
    try (ExtractJournal first = ExtractJournal.open(to, archive, false)) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> Extraction.PLAIN.run(archive, to))
          .hasMessageContaining("is being extracted into " + to.toRealPath() + " already");
    }
    assertThat(Extraction.PLAIN.run(archive, to).written()).isEqualTo(FILES);
  }

  /** A folder in the place of the partial file is what any user can make, root as well. */
  @Test
  void what_can_not_be_written_is_told_and_leaves_nothing_half() throws Exception {
    Files.createDirectories(to.resolve(EntryPath.PARTIAL_FILE).resolve("not-empty"));

    ExtractResult failed = Extraction.PLAIN.run(archive, to);

    assertThat(failed.failure().kind().word()).isEqualTo("configuration");
    assertThat(failed.failure().getMessage()).contains("f00.bin can't be written: ");
    assertThat(failed.written()).isZero();
    assertThat(to.resolve("f00.bin")).doesNotExist();
  }

  @Test
  void an_entry_that_can_not_be_read_is_a_warning_and_the_rest_is_there() throws Exception {
    ExtractResult result =
        Extraction.PLAIN.run(
            new JpaFile()
                .file("a.txt", "a")
                .unreadable("b.txt")
                .file("c.txt", "c")
                .unreadable("d.txt")
                .write(folder.resolve("bzip2.jpa")),
            to);

    assertThat(result.failure()).isNull();
    assertThat(result.warnings().texts())
        .containsExactly(
            "b.txt: not extracted, since it is packed in a way that can't be read.",
            "d.txt: not extracted, since it is packed in a way that can't be read.");
    assertThat(Extraction.files(to)).containsExactly("a.txt", "c.txt");
  }
}
