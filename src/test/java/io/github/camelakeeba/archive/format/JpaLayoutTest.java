package io.github.camelakeeba.archive.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The headers of a JPA are read by the marks and lengths of their fields, whatever else is there.
 */
class JpaLayoutTest {
  private static final byte[] PLAIN = "plain text ".repeat(900).getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  private ArchiveVerification read(byte[] archive) throws IOException {
    Path file = Files.write(folder.resolve("site.jpa"), archive);
    return read(file, EntrySink.NONE);
  }

  private static ArchiveVerification read(Path file, EntrySink sink) throws IOException {
    return ArchiveReader.read(ArchiveSource.of(file), List.of(), ReadProgress.NONE, sink);
  }

  private void broken(byte[] archive, String words) {
    assertThatThrownBy(() -> read(archive))
        .isInstanceOf(BrokenArchiveException.class)
        .message()
        .contains(words);
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] deflated() {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput(PLAIN);
    deflater.finish();
    byte[] packed = new byte[PLAIN.length];
    int length = deflater.deflate(packed);
    deflater.end();
    return Arrays.copyOf(packed, length);
  }

  private static byte[] sums(long plain, long packed) {
    return buffer(22)
        .put(new byte[] {'J', 'P', 1, 2})
        .putShort((short) 18)
        .putLong(plain)
        .putLong(packed)
        .array();
  }

  private static byte[] sizes(long packed, long plain) {
    return buffer(20)
        .put(new byte[] {0, 2})
        .putShort((short) 20)
        .putLong(packed)
        .putLong(plain)
        .array();
  }

  /** An entry that says what these say. */
  private static byte[] entry(int method, int packed, int size, byte[] data, byte[]... fields) {
    byte[] extra = joined(fields);
    byte[] path = "folder/ä.txt".getBytes(StandardCharsets.UTF_8);
    int header = 21 + path.length + extra.length;
    return buffer(header + data.length)
        .put(new byte[] {'J', 'P', 'F'})
        .putShort((short) header)
        .putShort((short) path.length)
        .put(path)
        .put((byte) 1)
        .put((byte) method)
        .putInt(packed)
        .putInt(size)
        .putInt(0644)
        .put(extra)
        .put(data)
        .array();
  }

  private static byte[] archive(List<byte[]> fields, byte[]... entries) {
    byte[] extra = joined(fields.toArray(byte[][]::new));
    ByteBuffer sums =
        fields.stream()
            .filter(field -> field.length == 22 && field[3] == 2)
            .findFirst()
            .map(field -> ByteBuffer.wrap(field).order(ByteOrder.LITTLE_ENDIAN))
            .orElse(null);
    byte[] header =
        buffer(19 + extra.length)
            .put(new byte[] {'J', 'P', 'A'})
            .putShort((short) (19 + extra.length))
            .put((byte) 1)
            .put((byte) (sums == null ? 2 : 3))
            .putInt(entries.length)
            .putInt(sums == null ? 0 : sums.getInt(6))
            .putInt(sums == null ? 0 : sums.getInt(14))
            .put(extra)
            .array();
    List<byte[]> all = new ArrayList<>(List.of(header));
    all.addAll(List.of(entries));
    return joined(all.toArray(byte[][]::new));
  }

  private static byte[] joined(byte[]... pieces) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      all.writeBytes(piece);
    }
    return all.toByteArray();
  }

  @Test
  void the_sizes_of_64_bits_count_where_those_of_32_bits_have_wrapped() throws Exception {
    byte[] packed = deflated();
    byte[] field = sizes(packed.length, PLAIN.length);
    byte[] deflated = entry(1, packed.length, PLAIN.length, packed, field);
    byte[] stored = entry(0, PLAIN.length, PLAIN.length, PLAIN, sizes(PLAIN.length, PLAIN.length));

    assertThat(read(archive(List.of(), deflated, stored)).unreadableReason()).isNull();
    broken(archive(List.of(), entry(1, 5, 7, packed)), "The entry at byte 19 inflates to");
    broken(archive(List.of(), entry(1, 5, PLAIN.length, packed, field)), "at byte 19 is damaged");
    broken(archive(List.of(), entry(1, packed.length, 7, packed, field)), "at byte 19 is damaged");
    byte[] larger = sizes(packed.length, PLAIN.length + (1L << 32));
    broken(
        archive(List.of(), entry(1, packed.length, PLAIN.length, packed, larger)),
        "inflates to 9900 bytes in place of 4294977196");
  }

  @Test
  void fields_that_nobody_knows_are_skipped_by_their_length() throws Exception {
    byte[] ofHeader = {'J', 'P', 9, 9, 7, 0, 'a', 'b', 'c', 'd', 'e'};
    byte[] ofEntry = {7, 7, 9, 0, 'a', 'b', 'c', 'd', 'e'};
    byte[] longer = Arrays.copyOf(sizes(PLAIN.length, PLAIN.length), 24);
    longer[2] = 24;
    byte[] stored = entry(0, PLAIN.length, PLAIN.length, PLAIN, ofEntry, longer, ofEntry);

    assertThat(
            read(archive(List.of(ofHeader, sums(PLAIN.length, PLAIN.length), ofHeader), stored))
                .unreadableReason())
        .isNull();
  }

  @Test
  void a_field_that_leads_out_of_its_header_is_broken() {
    byte[] stored = entry(0, PLAIN.length, PLAIN.length, PLAIN);
    for (byte[] field :
        List.of(
            new byte[] {'J', 'P', 9, 9, 8, 0, 'a', 'b', 'c', 'd', 'e'},
            new byte[] {'J', 'P', 9, 9, 1, 0},
            new byte[] {'J', 'P', 1, 2, 2, 0},
            new byte[] {'J', 'P', 9, 9},
            new byte[] {'J', 'P', 9, 9, 6},
            new byte[3])) {
      broken(archive(List.of(field), stored), "The header of the archive is damaged");
      broken(
          archive(List.of(), entry(0, PLAIN.length, PLAIN.length, PLAIN, field)),
          "The header of the entry at byte 19 is damaged");
    }
  }

  @Test
  void the_sums_of_the_header_are_those_of_the_entries() throws Exception {
    byte[] packed = deflated();
    byte[] entry = entry(1, packed.length, PLAIN.length, packed);
    long size = PLAIN.length;

    assertThat(read(archive(List.of(sums(size, packed.length)), entry)).unreadableReason())
        .isNull();
    broken(archive(List.of(sums(size + 1, packed.length)), entry), "counts 9901 bytes");
    broken(archive(List.of(sums(size, packed.length - 1)), entry), "its entries have 9900, packed");
  }

  @Test
  void an_entry_is_of_the_size_that_it_states_and_is_not_inflated_beyond_it() {
    byte[] packed = deflated();
    broken(archive(List.of(), entry(1, packed.length, 10, packed)), "inflates to");
    broken(archive(List.of(), entry(1, packed.length, 0, packed)), "inflates to");
    broken(archive(List.of(), entry(1, 0, 10, new byte[0])), "has 0 bytes in place of 10");
    broken(archive(List.of(), entry(0, 5, 10, new byte[5])), "has 5 bytes in place of 10");
    broken(archive(List.of(), entry(3, 5, 5, new byte[5])), "is damaged");
    broken(archive(List.of(), entry(0, 0, 0, new byte[0], sizes(-1, -1))), "is damaged");
  }

  @Test
  void what_bzip2_has_packed_is_begun_but_not_ended() throws Exception {
    List<String> told = new ArrayList<>();
    EntrySink sink =
        new EntrySink() {
          @Override
          public void begin(ArchiveEntry entry) {
            told.add("begin " + entry.path());
          }

          @Override
          public void bytes(byte[] from, int offset, int length) {
            told.add("bytes");
          }

          @Override
          public void end() {
            told.add("end");
          }
        };
    byte[] bzip2 = entry(2, 5, 900, new byte[5]);
    byte[] empty = entry(1, 2, 0, new byte[] {3, 0});
    Path file = Files.write(folder.resolve("site.jpa"), archive(List.of(), bzip2, empty));

    ArchiveVerification reading = read(file, sink);

    assertThat(reading.unreadableReason()).contains("bzip2");
    assertThat(told).containsExactly("begin folder/ä.txt", "begin folder/ä.txt", "end");
  }
}
