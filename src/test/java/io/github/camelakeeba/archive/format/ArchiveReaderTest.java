package io.github.camelakeeba.archive.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An archive is called readable only when it was read from its first byte to its last. */
class ArchiveReaderTest {
  @TempDir Path folder;

  private final AtomicLong bytesRead = new AtomicLong();

  private ArchiveVerification read(String name, byte[]... volumes) throws Exception {
    List<Path> files = new ArrayList<>();
    for (byte[] volume : volumes) {
      files.add(Files.write(folder.resolve("volume-" + files.size()), volume));
    }
    return ArchiveReader.read(
        ArchiveSource.ofFiles(name, files), List.of(), bytesRead::addAndGet, EntrySink.NONE);
  }

  private void broken(String name, byte[] archive, String... words) {
    assertThatThrownBy(() -> read(name, archive))
        .isInstanceOf(BrokenArchiveException.class)
        .message()
        .contains(words);
  }

  /** Entries of 0 bytes to some hundred thousand; packed by what their number says. */
  private static byte[] jpa(int entries, int volumes, int compressions) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    Random random = new Random(7);
    for (int i = 0; i < entries; i++) {
      byte[] plain = new byte[i * i * 1000];
      random.nextBytes(plain);
      Arrays.fill(plain, 0, plain.length / 2, (byte) 'x');
      entry(body, "folder/ä-" + i, plain, i % compressions);
    }
    ByteBuffer header = ByteBuffer.allocate(volumes > 1 ? 27 : 19).order(ByteOrder.LITTLE_ENDIAN);
    header.put(ascii("JPA")).putShort((short) header.capacity()).put((byte) 1).put((byte) 2);
    header.putInt(entries).putInt(body.size()).putInt(body.size());
    if (volumes > 1) {
      header.put(ascii("JP\1\1")).putShort((short) 4).putShort((short) volumes);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(header.array());
    all.writeBytes(body.toByteArray());
    return all.toByteArray();
  }

  private static void entry(OutputStream out, String path, byte[] plain, int compression) {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    byte[] data = compression == 1 ? deflated(plain) : plain;
    int length = 3 + 2 + 2 + name.length + 1 + 1 + 4 + 4 + 4 + 8;
    ByteBuffer entry = ByteBuffer.allocate(length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    entry.put(ascii("JPF")).putShort((short) length).putShort((short) name.length).put(name);
    entry.put((byte) 1).put((byte) compression).putInt(data.length).putInt(plain.length);
    entry.putInt(0644).put((byte) 0).put((byte) 1).putShort((short) 8).putInt(1_795_000_000);
    entry.put(data);
    try {
      out.write(entry.array());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static byte[] deflated(byte[] plain) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput(plain);
    deflater.finish();
    byte[] packed = new byte[plain.length + 1000];
    int length = deflater.deflate(packed);
    deflater.end();
    return Arrays.copyOf(packed, length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] zip(int entries) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setComment("made by a test");
      for (int i = 0; i < entries; i++) {
        byte[] plain = new byte[i * i * 500];
        new Random(i).nextBytes(plain);
        ZipEntry entry = new ZipEntry("folder/ä-" + i);
        zip.putNextEntry(entry);
        zip.write(plain);
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  private static byte[] changed(byte[] archive, Consumer<ByteBuffer> change) {
    byte[] copy = archive.clone();
    change.accept(ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN));
    return copy;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 20})
  void a_whole_jpa_is_readable_and_summed_up(int entries) throws Exception {
    byte[] archive = jpa(entries, 1, 2);

    ArchiveVerification reading = read("site.jpa", archive);

    assertThat(reading.unreadableReason()).isNull();
    assertThat(reading.checksums())
        .containsExactly(
            HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive)));
    assertThat(bytesRead.get()).isEqualTo(archive.length);
  }

  @Test
  void a_split_one_may_be_cut_anywhere() throws Exception {
    byte[] archive = jpa(12, 3, 2);
    for (int cut : List.of(1, 28, 30, 1000, archive.length / 2, archive.length - 2)) {
      assertThat(
              read(
                      "site.JPA",
                      Arrays.copyOfRange(archive, 0, cut),
                      Arrays.copyOfRange(archive, cut, archive.length - 1),
                      Arrays.copyOfRange(archive, archive.length - 1, archive.length))
                  .unreadableReason())
          .isNull();
    }
  }

  @Test
  void volumes_in_another_order_are_broken() {
    byte[] archive = jpa(12, 3, 2);
    int third = archive.length / 3;
    assertThatThrownBy(
            () ->
                read(
                    "site.jpa",
                    Arrays.copyOfRange(archive, 0, third),
                    Arrays.copyOfRange(archive, 2 * third, archive.length),
                    Arrays.copyOfRange(archive, third, 2 * third)))
        .isInstanceOf(BrokenArchiveException.class);
  }

  @Test
  void a_jpa_that_lacks_a_volume_is_broken() {
    byte[] archive = jpa(5, 3, 2);
    broken("site.jpa", archive, "it consists of 3 files, not of 1");
  }

  @Test
  void each_way_to_be_broken_is_told_with_its_place() {
    byte[] good = jpa(6, 1, 2);
    broken("a.jpa", changed(good, b -> b.put(0, (byte) 0)), "does not begin with 'JPA'");
    broken("a.jpa", changed(good, b -> b.putInt(7, 0)), "never finished");
    broken("a.jpa", changed(good, b -> b.putInt(7, 7)), "ends in the middle", "" + good.length);
    broken("a.jpa", changed(good, b -> b.putInt(7, 5)), "Something follows the last entry");
    broken("a.jpa", changed(good, b -> b.put(19, (byte) '?')), "No entry begins at byte 19");
    broken("a.jpa", Arrays.copyOf(good, good.length - 1), "ends in the middle");
    broken("a.jpa", Arrays.copyOf(good, good.length + 1), "Something follows the last entry");
    broken("a.jpa", new byte[0], "ends in the middle, after 0 bytes");
  }

  @Test
  void a_byte_that_changed_in_a_packed_entry_is_noticed() {
    byte[] good = jpa(4, 1, 2);
    // the second entry is packed: what is cut out or overwritten in it does not inflate any more
    int at = 19 + 3 + 2 + 2 + 11 + 1 + 1 + 12 + 8 + 60;
    broken("a.jpa", changed(good, b -> b.putLong(at, -1)), "entry at byte", "inflate");
  }

  @Test
  void bzip2_is_said_to_be_unread() throws Exception {
    assertThat(read("a.jpa", jpa(4, 1, 3)).unreadableReason()).contains("bzip2");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 30})
  void a_whole_zip_is_readable(int entries) throws Exception {
    assertThat(read("site.zip", zip(entries)).unreadableReason()).isNull();
  }

  @Test
  void a_split_zip_begins_with_a_mark_of_its_own() throws Exception {
    byte[][] volumes = new SplitZip(zip(9), 5000).volumes();
    assertThat(volumes[0]).startsWith('P', 'K', 7, 8, 'P', 'K', 3, 4);
    assertThat(read("site.zip", volumes).unreadableReason()).isNull();
  }

  @Test
  void one_that_came_out_as_one_file_may_say_so_at_its_beginning() throws Exception {
    byte[][] volumes = new SplitZip(zip(3)).volumes();
    assertThat(volumes[0]).startsWith('P', 'K', '0', '0');
    assertThat(read("site.zip", volumes).unreadableReason()).isNull();
  }

  @Test
  void a_zip_of_others_tells_kind_and_time_as_far_as_its_headers_do() throws Exception {
    Instant time = Instant.parse("2026-11-29T04:05:07Z");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String path : List.of("folder/", "folder/file")) {
        zip.putNextEntry(new ZipEntry(path).setLastModifiedTime(FileTime.from(time)));
        zip.write(ascii(path.endsWith("/") ? "" : "text"));
      }
    }
    CollectedEntries found = new CollectedEntries();

    Path file = Files.write(folder.resolve("site.zip"), out.toByteArray());
    ArchiveReader.read(ArchiveSource.of(file), List.of(), ReadProgress.NONE, found);

    assertThat(found.entries)
        .containsExactly(
            new ArchiveEntry("folder", ArchiveEntry.Kind.FOLDER, -1, -1, time),
            new ArchiveEntry("folder/file", ArchiveEntry.Kind.FILE, -1, -1, time));
    assertThat(found.bytes).isEqualTo(4);
  }

  @Test
  void a_zip_of_more_entries_than_16_bits_count_is_readable() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(Deflater.NO_COMPRESSION);
      for (int i = 0; i < 65_600; i++) {
        zip.putNextEntry(new ZipEntry(Integer.toString(i)));
      }
    }
    assertThat(read("site.zip", out.toByteArray()).unreadableReason()).isNull();
  }

  @Test
  void a_zip_whose_directory_lists_other_entries_is_broken() throws Exception {
    byte[] good = zip(6);
    int end = good.length - 22 - "made by a test".length();
    int directory = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getInt(end + 16);
    String other = "lists other entries than it has";
    broken("a.zip", changed(good, b -> b.putInt(directory + 16, 1)), other); // checksum
    broken("a.zip", changed(good, b -> b.putInt(directory + 20, 1)), other); // packed
    broken("a.zip", changed(good, b -> b.put(directory + 46, (byte) 'F')), other); // name
    broken("a.zip", changed(good, b -> b.putInt(end + 12, 1)), other); // the directory's size
    broken(
        "a.zip", changed(good, b -> b.putShort(end + 10, (short) 5)), "counts 5", "6 were found");
    broken("a.zip", changed(good, b -> b.put(directory, (byte) 0)), "directory", "is damaged");
  }

  /** Other programs begin with the directory, and find no entry there. */
  @Test
  void a_zip_whose_directory_names_other_places_is_broken() throws Exception {
    byte[] good = zip(6);
    int end = good.length - 22 - "made by a test".length();
    int directory = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getInt(end + 16);
    broken("a.zip", changed(good, b -> b.putInt(directory + 42, 1)), "other places"); // entry
    broken("a.zip", changed(good, b -> b.putInt(end + 16, directory + 1)), "other places");
    broken("a.zip", changed(good, b -> b.put(6, (byte) 1)), "The entry at byte 0"); // encrypted
    broken("a.zip", changed(good, b -> b.put(directory + 8, (byte) 1)), "The entry at byte");
  }

  @Test
  void each_way_in_which_a_zip_is_broken_is_noticed() throws Exception {
    byte[] good = zip(6);
    broken("a.zip", Arrays.copyOf(good, good.length / 2), "The archive");
    broken("a.zip", Arrays.copyOf(good, good.length - 1), "ends in the middle");
    broken("a.zip", Arrays.copyOf(good, good.length + 1), "Something follows the end");
    broken("a.zip", changed(good, b -> b.put(0, (byte) 1)), "does not begin with 'PK'");
    broken("a.zip", changed(good, b -> b.putLong(good.length / 3, 1)), "The entry at byte");
    broken("a.zip", new byte[0], "ends in the middle, after 0 bytes");
  }

  @Test
  void what_cannot_be_read_is_said_to_be_unread() throws Exception {
    assertThat(read("site.tar", ascii("any")).unreadableReason()).contains(".tar can't be read");
    ArchiveVerification old = read("site.jps", ascii("JPS\1\11\0"));
    assertThat(old.unreadableReason()).contains("version 1.9 of its format");
    assertThat(old.encryption()).isEqualTo(ArchiveVerification.Encryption.NO_PASSWORD);
  }

  /**
   * Any byte that changes anywhere but inside stored data breaks the walk, or is none's business.
   */
  @Test
  void cut_at_any_place_it_is_never_readable() throws Exception {
    byte[] good = jpa(5, 1, 2);
    byte[] zip = zip(5);
    for (int i = 1; i < 60; i++) {
      int length = good.length * i / 60;
      broken("a.jpa", Arrays.copyOf(good, length), "");
      broken("a.zip", Arrays.copyOf(zip, zip.length * i / 60), "");
    }
  }
}
