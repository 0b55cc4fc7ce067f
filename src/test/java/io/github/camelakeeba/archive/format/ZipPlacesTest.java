package io.github.camelakeeba.archive.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.archive.RealArchive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ZIP whose directory names other places than its entries have is not called whole. */
class ZipPlacesTest {
  private static final String OTHER = "or other places of them";
  private static final int ENTRIES = 4;
  private static final int SIZE = 3000;
  private static final int STORED = 30 + 6 + SIZE; // bytes of an entry with its header

  @TempDir Path folder;

  private ArchiveVerification read(byte[]... volumes) throws IOException {
    List<Path> files = new ArrayList<>();
    for (byte[] volume : volumes) {
      files.add(Files.write(folder.resolve("volume-" + files.size()), volume));
    }
    return ArchiveReader.read(
        ArchiveSource.ofFiles("site.zip", files), List.of(), ReadProgress.NONE, EntrySink.NONE);
  }

  private void whole(SplitZip zip) throws IOException {
    assertThat(read(zip.volumes()).unreadableReason()).isNull();
  }

  private void broken(SplitZip zip, String words) {
    assertThatThrownBy(() -> read(zip.volumes()))
        .isInstanceOf(BrokenArchiveException.class)
        .hasMessageContaining(words);
  }

  /** Entries of one size, which are not packed. */
  private static byte[] stored() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setMethod(ZipOutputStream.STORED);
      for (int i = 0; i < ENTRIES; i++) {
        byte[] plain = new byte[SIZE];
        new Random(i).nextBytes(plain);
        CRC32 sum = new CRC32();
        sum.update(plain);
        ZipEntry entry = new ZipEntry("file-" + i);
        entry.setSize(SIZE);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(plain);
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  @Test
  void a_recorded_one_has_each_place_by_volume_and_byte_in_it() throws IOException {
    RealArchive real = RealArchive.of("j-full-splitzip");
    byte[] good = real.bytes();
    int end = good.length - 22 - "fixture comment".length();
    ByteBuffer numbers = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN);
    int directory = 2 * 65_536 + numbers.getInt(end + 16);
    List<Integer> places = new ArrayList<>();
    for (int at = directory; at < end; at += 46 + numbers.getShort(at + 28)) {
      for (int place : new int[] {34, 35, 42, 43, 44, 45}) {
        places.add(at + place);
      }
    }
    assertThat(places).hasSize(6 * real.entries());
    for (int at = end + 4; at < end + 20; at++) {
      places.add(at);
    }
    assertThat(read(real.parts().toArray(byte[][]::new)).unreadableReason()).isNull();
    for (int at : places) {
      byte[] bad = good.clone();
      bad[at]++;
      assertThatThrownBy(() -> read(real.split(bad).toArray(byte[][]::new)))
          .as("byte %s", at)
          .isInstanceOf(BrokenArchiveException.class);
    }
  }

  @Test
  void an_entry_that_begins_a_volume_may_have_that_of_the_one_before_it() throws IOException {
    int cut = 4 + 2 * STORED;
    SplitZip zip = new SplitZip(stored(), cut);
    whole(zip);
    int third = zip.listed().get(2);
    assertThat(zip.header(third)).isEqualTo(cut);
    zip.place(third, 0, 4); // what the writer's source makes of it
    whole(zip);
    zip.place(third, 1, 4);
    whole(zip);
    zip.place(third, 0, 5);
    broken(zip, OTHER);
    zip.place(third, 2, 0);
    broken(zip, OTHER);
  }

  @Test
  void a_stored_one_may_have_the_volume_in_which_a_later_step_finished_it() throws IOException {
    SplitZip zip = new SplitZip(stored(), 4 + STORED + 1000, 4 + STORED + 2000);
    whole(zip);
    int second = zip.listed().get(1);
    for (int volume : new int[] {1, 2}) {
      zip.place(second, volume, 4 + STORED);
      whole(zip);
    }
    zip.place(second, 3, 4 + STORED);
    broken(zip, OTHER);
    zip.place(second, 1, 4 + STORED + 1);
    broken(zip, OTHER);
    zip.place(second, 0, 4 + STORED);
    zip.place(zip.listed().get(0), 1, 4); // ends before the border
    broken(zip, OTHER);
  }

  @Test
  void a_directory_with_a_volume_of_its_own_may_have_the_size_of_the_one_before()
      throws IOException {
    int directory = 4 + ENTRIES * STORED;
    SplitZip zip = new SplitZip(stored(), 4 + STORED + 1000, directory);
    whole(zip);
    int before = directory - (4 + STORED + 1000);
    zip.bytes.putInt(zip.end + 16, before);
    whole(zip);
    zip.bytes.putInt(zip.end + 16, before + 1);
    broken(zip, OTHER);
    zip.bytes.putInt(zip.end + 16, 0).putShort(zip.end + 6, (short) 1);
    broken(zip, OTHER);
    zip.bytes.putShort(zip.end + 6, (short) 2).putShort(zip.end + 4, (short) 3);
    broken(zip, "it consists of 4 files, not of 3");
  }
}
