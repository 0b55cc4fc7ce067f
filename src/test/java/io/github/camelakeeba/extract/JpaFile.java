package io.github.camelakeeba.extract;

import io.github.camelakeeba.archive.format.ArchiveSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.Deflater;

/** A JPA 1.3 whose entries are what a test says, good or bad. */
final class JpaFile {
  static final Instant TIME = Instant.parse("2026-03-04T05:06:07Z");
  private static final int FILE_MODE = 0100644;

  private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
  private int count;

  JpaFile file(String path, String text) {
    return file(path, FILE_MODE, text.getBytes(StandardCharsets.UTF_8));
  }

  JpaFile file(String path, int mode, byte[] data) {
    return entry(path, 1, mode, deflated(data), data.length, TIME);
  }

  JpaFile folder(String path, int mode) {
    return entry(path, 0, mode, new byte[0], 0, TIME);
  }

  JpaFile link(String path, String target) {
    byte[] data = target.getBytes(StandardCharsets.UTF_8);
    return entry(path, 2, 0120777, data, data.length, null);
  }

  /** Packed by bzip2, which can't be read. */
  JpaFile unreadable(String path) {
    return entry(path, 1, 2, FILE_MODE, new byte[10], 20, TIME);
  }

  private JpaFile entry(String path, int type, int mode, byte[] packed, int size, Instant time) {
    return entry(path, type, type == 1 ? 1 : 0, mode, packed, size, time);
  }

  private JpaFile entry(
      String path, int type, int method, int mode, byte[] packed, int size, Instant time) {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    int header = 21 + name.length + (time == null ? 0 : 8);
    ByteBuffer entry =
        buffer(header + packed.length)
            .put(new byte[] {'J', 'P', 'F'})
            .putShort((short) header)
            .putShort((short) name.length)
            .put(name)
            .put((byte) type)
            .put((byte) method)
            .putInt(packed.length)
            .putInt(size)
            .putInt(mode);
    if (time != null) {
      entry.put(new byte[] {0, 1}).putShort((short) 8).putInt((int) time.getEpochSecond());
    }
    entries.writeBytes(entry.put(packed).array());
    count++;
    return this;
  }

  private static byte[] deflated(byte[] data) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput(data);
    deflater.finish();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    while (!deflater.finished()) {
      packed.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return packed.toByteArray();
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  byte[] bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(
        buffer(19)
            .put(new byte[] {'J', 'P', 'A'})
            .putShort((short) 19)
            .put((byte) 1)
            .put((byte) 2)
            .putInt(count)
            .putInt(0)
            .putInt(0)
            .array());
    all.writeBytes(entries.toByteArray());
    return all.toByteArray();
  }

  ArchiveSource write(Path file) throws IOException {
    Files.write(file, bytes());
    return ArchiveSource.of(file);
  }
}
