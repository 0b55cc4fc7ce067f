package io.github.camelakeeba.demo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.Deflater;

/**
 * A whole, well-formed JPA archive of an exact size (protocol, section 8): two deflated files, and
 * a stored one that fills up. A damaged backup gets the archive that the real faults leave.
 */
final class SyntheticArchive {
  /** Below this size there is no room for the entries. */
  static final int SMALLEST = 1024;

  private static final int LARGEST = 256 * 1024 * 1024;
  private static final int HOLE = 4096;

  private SyntheticArchive() {}

  /** All volumes one after the other; throws {@link ApiFailure} when too large to be made. */
  static byte[] of(StoredBackup row) {
    if (row.planned > LARGEST) {
      throw new ApiFailure(500, "The simulated site makes no archive of " + row.planned + " bytes");
    }
    ByteBuffer archive = buffer((int) row.planned);
    if (row.planned < SMALLEST) {
      return archive.array();
    }
    List<byte[]> entries = new ArrayList<>();
    int header = row.parts > 1 ? 27 : 19;
    entries.add(deflated("installation/README.html", "<p>A simulated backup.</p>".repeat(20)));
    entries.add(deflated("installation/sql/site.sql", rows(row)));
    int used = header + entries.stream().mapToInt(entry -> entry.length).sum();
    entries.add(filler(archive.capacity() - used, row.id));
    int size = archive.capacity() - header;
    archive.put(bytes("JPA")).putShort((short) header).put((byte) 1).put((byte) 2);
    archive.putInt(entries.size()).putInt(size).putInt(size);
    if (row.parts > 1) {
      archive.put(bytes("JP\1\1")).putShort((short) 4).putShort((short) row.parts);
    }
    entries.forEach(archive::put);
    return damaged(archive.array(), row, used);
  }

  private static byte[] damaged(byte[] archive, StoredBackup row, int lastEntry) {
    if (row.damage.stream().anyMatch(text -> text.startsWith("two steps"))) {
      Arrays.fill(archive, lastEntry, lastEntry + 3, (byte) '?');
    }
    if (row.hole) {
      Arrays.fill(archive, 0, Math.min(HOLE, archive.length), (byte) 0);
    }
    return archive;
  }

  private static String rows(StoredBackup row) {
    StringBuilder sql = new StringBuilder("CREATE TABLE `#__content` (`id` INT);\n");
    for (int i = 1; i <= 20; i++) {
      sql.append("INSERT INTO `#__content` VALUES (").append(row.id * 100 + i).append(");\n");
    }
    return sql.toString();
  }

  private static byte[] deflated(String path, String text) {
    byte[] plain = bytes(text);
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput(plain);
    deflater.finish();
    byte[] packed = new byte[plain.length + 64];
    int length = deflater.deflate(packed);
    deflater.end();
    return entry(path, 1, Arrays.copyOf(packed, length), plain.length);
  }

  private static byte[] filler(int room, long seed) {
    String path = "images/filler.bin";
    byte[] noise = new byte[room - entry(path, 0, new byte[0], 0).length];
    new SplittableRandom(seed).nextBytes(noise);
    return entry(path, 0, noise, noise.length);
  }

  private static byte[] entry(String path, int compression, byte[] data, int plainLength) {
    byte[] name = bytes(path);
    int header = 3 + 2 + 2 + name.length + 1 + 1 + 4 + 4 + 4 + 8;
    ByteBuffer entry = buffer(header + data.length);
    entry.put(bytes("JPF")).putShort((short) header).putShort((short) name.length).put(name);
    entry.put((byte) 1).put((byte) compression).putInt(data.length).putInt(plainLength);
    entry.putInt(0644);
    // the extra field with the file's time
    entry.put((byte) 0).put((byte) 1).putShort((short) 8).putInt(1_795_000_000);
    return entry.put(data).array();
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
