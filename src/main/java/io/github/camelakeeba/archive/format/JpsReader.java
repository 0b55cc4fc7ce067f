package io.github.camelakeeba.archive.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks an encrypted archive (JPS 2.0) without its password: where a header or a block is due there
 * is one, each ends as one of its length does, and the end counts as many as there are.
 */
final class JpsReader extends FormatReader {
  private static final int TAIL = 24; // bytes of mark, vector and length at the end
  private static final int SALT = 68; // bytes of mark and salt, where each block has one
  private static final int BLOCK = 16;

  private final int files;
  private long blockBytes;

  JpsReader(LittleEndianInput in, int files) {
    super(in);
    this.files = files;
  }

  @Override
  String unreadableReason() throws IOException {
    String kind = in.ascii(3);
    if (!"JPS".equals(kind)) {
      throw BrokenArchiveException.notAnArchive(kind, "JPS");
    }
    int major = in.u8();
    int minor = in.u8();
    if (major != 2) {
      return "it is encrypted, in version %s.%s of its format, which can't be walked"
          .formatted(major, minor);
    }
    in.u8();
    in.skip(in.u16());
    String mark = in.ascii(3);
    for (; !"JPE".equals(mark); mark = in.ascii(3)) {
      if ("JPF".equals(mark)) {
        cipher(in.position() - 3, in.u16(), in.u16());
        entries++;
      } else {
        block(mark);
      }
    }
    end();
    return "its structure was checked to the last byte, but its contents were not: they are encrypted";
  }

  /** A block of contents has no mark; it begins with its length. */
  private void block(String first) throws IOException {
    long begin = in.position() - 3;
    if (entries == 0) {
      throw BrokenArchiveException.notAnEntry(first, begin, 1);
    }
    byte[] low = first.getBytes(StandardCharsets.ISO_8859_1);
    long length =
        (low[0] & 0xFF) | (low[1] & 0xFF) << 8 | (low[2] & 0xFF) << 16 | (long) in.u8() << 24;
    long plain = in.u32();
    cipher(begin, length, plain);
    blockBytes += plain;
  }

  /** Cipher text, perhaps its salt, its vector, and the length of its padded contents. */
  private void cipher(long begin, long length, long plain) throws IOException {
    if (!padded(length - TAIL, plain) && !padded(length - TAIL - SALT, plain)) {
      throw damaged(begin);
    }
    int tail = (int) Math.min(length, TAIL + SALT);
    in.skip(length - tail);
    ByteBuffer end = in.bytes(tail);
    boolean salted = !padded(length - TAIL, plain);
    if (!is("JPIV", end, tail - TAIL)
        || Integer.toUnsignedLong(end.getInt(tail - 4)) != plain
        || salted && !is("JPST", end, 0)) {
      throw damaged(begin);
    }
  }

  private static boolean padded(long cipher, long plain) {
    return cipher > 0 && cipher % BLOCK == 0 && cipher >= plain && cipher <= plain + BLOCK;
  }

  private static boolean is(String mark, ByteBuffer bytes, int at) {
    return Arrays.equals(
        mark.getBytes(StandardCharsets.ISO_8859_1),
        Arrays.copyOfRange(bytes.array(), at, at + mark.length()));
  }

  private static BrokenArchiveException damaged(long begin) {
    return new BrokenArchiveException(
        "The encrypted block at byte %s of the archive is damaged.", begin);
  }

  private void end() throws IOException {
    int volumes = in.u16();
    long counted = in.u32();
    in.skip(4);
    long bytes = in.u32();
    checkVolumes(volumes, files);
    if (counted != entries) {
      throw new BrokenArchiveException(
          "The end of the archive counts %s entries, but %s were found.", counted, entries);
    }
    if (bytes != (blockBytes & 0xFFFF_FFFFL)) {
      throw new BrokenArchiveException(
          "The end of the archive counts %s packed bytes, but %s were found.", bytes, blockBytes);
    }
    checkNothingFollows("end");
  }
}
