package io.github.camelakeeba.demo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;

/**
 * A whole, well-formed JPA archive of an exact size (protocol, section 8): two deflated files, and
 * a stored one that fills up. A damaged backup gets the archive that the real faults leave.
 */
final class SyntheticArchive {
  /** Below this size there is no room for the entries. */
  static final int SMALLEST = 1024;

  private static final int HOLE = 4096;

  private SyntheticArchive() {}

  /** All volumes one after the other; of another kind than JPA: its mark, and noise. */
  static ArchiveBytes of(StoredBackup row) {
    if (row.planned < SMALLEST) {
      return new ArchiveBytes(new byte[(int) row.planned], row.planned, row.id);
    }
    String kind = row.archive.substring(row.archive.lastIndexOf('.') + 1);
    if (!kind.equals("jpa")) {
      byte[] mark = bytes(kind.equals("jps") ? "JPS" : "-- a dump\n");
      return new ArchiveBytes(mark, row.planned, row.id);
    }
    List<byte[]> entries = new ArrayList<>();
    int header = row.parts > 1 ? 27 : 19;
    entries.add(deflated("installation/README.html", "<p>A simulated backup.</p>".repeat(20)));
    entries.add(deflated("installation/sql/site.sql", rows(row)));
    int used = header + entries.stream().mapToInt(entry -> entry.length).sum();
    entries.add(filler(row.planned - used));
    int begin = used + entries.get(entries.size() - 1).length;
    ByteBuffer archive = buffer(begin);
    int size = (int) (row.planned - header);
    archive.put(bytes("JPA")).putShort((short) header).put((byte) 1).put((byte) 2);
    archive.putInt(entries.size()).putInt(size).putInt(size);
    if (row.parts > 1) {
      archive.put(bytes("JP\1\1")).putShort((short) 4).putShort((short) row.parts);
    }
    entries.forEach(archive::put);
    return damaged(new ArchiveBytes(archive.array(), row.planned, row.id), row, used);
  }

  private static ArchiveBytes damaged(ArchiveBytes whole, StoredBackup row, int lastEntry) {
    ArchiveBytes archive = whole;
    if (row.damage.stream().anyMatch(text -> text.startsWith("two steps"))) {
      archive = archive.damaged(lastEntry, 3, (byte) '?', row.id);
    }
    return row.hole ? archive.damaged(0, HOLE, (byte) 0, row.id) : archive;
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

  /** The header of a stored entry that takes up the rest. */
  private static byte[] filler(long room) {
    String path = "images/filler.bin";
    long noise = room - entry(path, 0, new byte[0], 0).length;
    byte[] header = entry(path, 0, new byte[0], (int) noise);
    // both sizes are those of what is not here
    buffer(header, 3 + 2 + 2 + path.length() + 2).putInt((int) noise);
    return header;
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

  private static ByteBuffer buffer(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(at);
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
