package io.github.camelakeeba.archive.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.archive.RealArchive;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The volumes of an archive are found by any of them, and come from anywhere. */
class ArchiveSourceTest {
  @TempDir Path folder;

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private Path write(RealArchive archive, String base) throws IOException {
    Path last = null;
    for (int i = 0; i < archive.volumes().size(); i++) {
      String volume = archive.volumes().get(i);
      last = write(base + volume.substring(volume.lastIndexOf('.')), archive.parts().get(i));
    }
    return last;
  }

  private static List<String> volumes(Path file) throws IOException {
    return ArchiveSource.of(file).volumes().stream().map(Volume::name).toList();
  }

  @Test
  void whatever_else_is_in_the_folder_the_volumes_are_those_of_its_name() throws Exception {
    Path last = write(RealArchive.of("j-full-split"), "site");
    write("site.z01", new byte[3]);
    write("site.j1", new byte[3]);
    write("site-2.j01", new byte[3]);
    write("site.j03.part", new byte[3]);
    write("SHA256SUMS", new byte[3]);

    assertThat(volumes(last)).containsExactly("site.j01", "site.j02", "site.jpa");
    assertThat(volumes(folder.resolve("site.j02"))).isEqualTo(volumes(last));
  }

  @Test
  void letters_of_either_case_end_the_name_of_a_volume() throws Exception {
    Path last = write("SITE.JPA", new byte[] {'J', 'P', 'F'});
    write("SITE.J01", new byte[3]);

    assertThat(volumes(last)).containsExactly("SITE.J01", "SITE.JPA");
    assertThat(ArchiveSource.of(folder.resolve("SITE.J01")).name()).isEqualTo("SITE.JPA");
  }

  @Test
  void a_volume_that_is_missing_is_named() throws Exception {
    Path last = write(RealArchive.of("j-full-splitzip"), "site");
    Files.delete(folder.resolve("site.z01"));
    assertThatThrownBy(() -> ArchiveSource.of(last))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageEndingWith("site.z01");

    Files.delete(last);
    assertThatThrownBy(() -> ArchiveSource.of(folder.resolve("site.z02")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageEndingWith("site.zip");
    assertThatThrownBy(() -> ArchiveSource.of(last)).isInstanceOf(NoSuchFileException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"j-full-jpa", "j-full-zip", "j-full-jps", "j-dbonly"})
  void an_archive_of_one_file_has_no_part_in_volumes_that_another_left(String name)
      throws Exception {
    Path file = write(RealArchive.of(name), "site");
    write("site.j01", new byte[3]);
    write("site.z01", new byte[3]);

    assertThat(volumes(file)).containsExactly(file.getFileName().toString());
  }

  @Test
  void another_name_is_said_to_be_none_of_an_archive() throws Exception {
    Path file = write("site.tar", new byte[3]);

    assertThatThrownBy(() -> ArchiveSource.of(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("site.tar is no archive: it ends neither in .jpa");
  }

  /** A stream from a site is one call of it. */
  @Test
  void a_volume_is_opened_when_those_before_it_were_read_and_closed() throws Exception {
    RealArchive archive = RealArchive.of("j-full-split");
    List<String> calls = new ArrayList<>();
    List<Volume> volumes = new ArrayList<>();
    for (int i = 0; i < archive.volumes().size(); i++) {
      volumes.add(volume(archive.volumes().get(i), archive.parts().get(i), calls));
    }

    ArchiveVerification read =
        ArchiveReader.readWithoutChecksums(
            ArchiveSource.of(archive.file(), volumes),
            List.of(),
            ReadProgress.NONE,
            EntrySink.NONE);

    assertThat(read.readable()).isTrue();
    assertThat(read.checksums()).isEmpty();
    assertThat(calls)
        .containsExactly(
            "open j-full-split.j01",
            "close j-full-split.j01",
            "open j-full-split.j02",
            "close j-full-split.j02",
            "open j-full-split.jpa",
            "close j-full-split.jpa");
  }

  private static Volume volume(String name, byte[] bytes, List<String> calls) {
    return new Volume() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public long size() {
        return -1;
      }

      @Override
      public InputStream open() {
        calls.add("open " + name);
        return new ByteArrayInputStream(bytes) {
          @Override
          public void close() {
            calls.add("close " + name);
          }
        };
      }
    };
  }

  @Test
  void a_transfer_that_breaks_off_is_no_broken_archive() {
    Volume broken =
        new Volume() {
          @Override
          public String name() {
            return "site.jpa";
          }

          @Override
          public long size() {
            return 100;
          }

          @Override
          public InputStream open() {
            return new InputStream() {
              @Override
              public int read() throws IOException {
                throw new EOFException("Premature end of the body");
              }
            };
          }
        };

    assertThatThrownBy(
            () ->
                ArchiveReader.read(
                    ArchiveSource.of("site.jpa", List.of(broken)),
                    List.of(),
                    ReadProgress.NONE,
                    EntrySink.NONE))
        .isInstanceOf(IOException.class)
        .hasMessage("site.jpa can't be read to its end: Premature end of the body");
  }
}
