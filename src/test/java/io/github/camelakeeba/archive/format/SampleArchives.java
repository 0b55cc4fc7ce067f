package io.github.camelakeeba.archive.format;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Archives of any size that need no room: they repeat one entry. */
public final class SampleArchives {
  private static final String PATH = "installation/sql/site.sql";

  private SampleArchives() {}

  /** One of the format {@code jpa}, {@code zip} or {@code jps}. */
  public static ArchiveSource repeated(String format, byte[] plain, int entries, String password)
      throws GeneralSecurityException {
    return switch (format) {
      case "jpa" -> jpa(plain, entries);
      case "zip" -> zip(plain, entries);
      default -> jps(plain, entries, password);
    };
  }

  private static ArchiveSource jpa(byte[] plain, int entries) {
    byte[] packed = deflated(plain);
    ByteBuffer header = buffer(41).put(ascii("JPA")).putShort((short) 41).put(new byte[] {1, 3});
    header.putInt(entries).putInt((int) ((long) entries * plain.length));
    header.putInt((int) ((long) entries * packed.length));
    header.put(new byte[] {'J', 'P', 1, 2}).putShort((short) 18);
    header.putLong((long) entries * plain.length).putLong((long) entries * packed.length);
    byte[] path = ascii(PATH);
    int length = 21 + path.length;
    ByteBuffer entry = buffer(length + packed.length).put(ascii("JPF")).putShort((short) length);
    entry.putShort((short) path.length).put(path).put((byte) 1).put((byte) 1);
    entry.putInt(packed.length).putInt(plain.length).putInt(0100644).put(packed);
    return source("site.jpa", () -> repeating(header.array(), entry.array(), entries, new byte[0]));
  }

  private static ArchiveSource zip(byte[] plain, int entries) {
    byte[] packed = deflated(plain);
    CRC32 sum = new CRC32();
    sum.update(plain);
    byte[] path = ascii(PATH);
    ByteBuffer common =
        buffer(26).putShort((short) 20).putShort((short) 0x0800).putShort((short) 8);
    common.putInt(0x5B490000).putInt((int) sum.getValue()).putInt(packed.length);
    common.putInt(plain.length).putShort((short) path.length).putShort((short) 0);
    ByteBuffer entry = buffer(30 + path.length + packed.length).put(ascii("PK\3\4"));
    entry.put(common.array()).put(path).put(packed);
    ByteBuffer listed = buffer(46 + path.length).put(ascii("PK\1\2")).putShort((short) 20);
    listed.put(common.array()).put(new byte[14]).put(path);
    ByteBuffer end = buffer(22).put(ascii("PK\5\6")).putInt(0);
    end.putShort((short) entries).putShort((short) entries);
    end.putInt(entries * listed.capacity());
    end.putInt((int) ((long) entry.capacity() * entries)).putShort((short) 0);
    ByteBuffer directory = buffer(entries * listed.capacity());
    for (int i = 0; i < entries; i++) {
      directory.put(listed.putInt(42, (int) ((long) entry.capacity() * i)).array());
    }
    return source(
        "site.zip",
        () ->
            new SequenceInputStream(
                repeating(new byte[0], entry.array(), entries, new byte[0]),
                repeating(directory.array(), new byte[0], 0, end.array())));
  }

  private static ArchiveSource jps(byte[] plain, int entries, String password)
      throws GeneralSecurityException {
    EncryptedArchive archive = new EncryptedArchive(0, 128_000, true, password, 1 << 20);
    int header = archive.size();
    byte[] one = archive.file(PATH, plain).end();
    ByteBuffer end = ByteBuffer.wrap(one, one.length - 17, 17).order(ByteOrder.LITTLE_ENDIAN);
    int size = end.getInt(one.length - 8);
    int packed = end.getInt(one.length - 4);
    ByteBuffer all = buffer(17).put(ascii("JPE")).putShort((short) 1).putInt(entries);
    all.putInt((int) ((long) size * entries)).putInt((int) ((long) packed * entries));
    return source(
        "site.jps",
        () ->
            repeating(
                Arrays.copyOf(one, header),
                Arrays.copyOfRange(one, header, one.length - 17),
                entries,
                all.array()));
  }

  private static ArchiveSource source(String name, Supplier<InputStream> bytes) {
    Volume volume =
        new Volume() {
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
            return bytes.get();
          }
        };
    return ArchiveSource.of(name, List.of(volume));
  }

  /** The bytes so many times, between a beginning and an end. */
  public static InputStream repeating(byte[] first, byte[] bytes, int times, byte[] last) {
    return new SequenceInputStream(
        new Enumeration<>() {
          private int next = -1;

          @Override
          public boolean hasMoreElements() {
            return next <= times;
          }

          @Override
          public InputStream nextElement() {
            int at = next++;
            return new ByteArrayInputStream(at < 0 ? first : at < times ? bytes : last);
          }
        });
  }

  /** Raw deflate, as all formats have it. */
  public static byte[] deflated(byte[] plain) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput(plain);
    deflater.finish();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] buffer = new byte[64 * 1024];
    while (!deflater.finished()) {
      packed.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return packed.toByteArray();
  }

  static ByteBuffer buffer(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
