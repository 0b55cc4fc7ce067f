package io.github.camelakeeba.archive.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The numbers and marks of an archive; throws {@link EOFException} where the bytes end. */
final class LittleEndianInput {
  private final InputStream in;
  private final List<Long> volumeBegins;
  final byte[] buffer = new byte[128 * 1024];
  int next; // where in the buffer the next byte is
  private int end;
  private long bytesBeforeBuffer;

  /** Of an archive that is one file. */
  LittleEndianInput(InputStream in) {
    this(in, List.of(0L));
  }

  /** The list grows while volumes are read. */
  LittleEndianInput(InputStream in, List<Long> volumeBegins) {
    this.in = in;
    this.volumeBegins = volumeBegins;
  }

  /** Where each volume begins that was read so far, at least in part. */
  List<Long> volumeBegins() {
    return volumeBegins;
  }

  long position() {
    return bytesBeforeBuffer + next;
  }

  boolean atEnd() throws IOException {
    if (next == end) {
      bytesBeforeBuffer += end;
      next = 0;
      end = Math.max(0, in.read(buffer, 0, buffer.length));
    }
    return next == end;
  }

  int u8() throws IOException {
    readSome(1);
    return buffer[next - 1] & 0xFF;
  }

  int u16() throws IOException {
    return u8() | u8() << 8;
  }

  long u32() throws IOException {
    return u16() | (long) u16() << 16;
  }

  String ascii(int length) throws IOException {
    return new String(bytes(length).array(), StandardCharsets.ISO_8859_1);
  }

  ByteBuffer bytes(int length) throws IOException {
    byte[] bytes = new byte[length];
    bytes(bytes, length);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** So many bytes, into the beginning of an array. */
  void bytes(byte[] to, int length) throws IOException {
    for (int done = 0; done < length; ) {
      int n = readSome(length - done);
      System.arraycopy(buffer, next - n, to, done, n);
      done += n;
    }
  }

  /** At least one byte is in the buffer before the offset then, until the next call. */
  int readSome(long max) throws IOException {
    if (atEnd()) {
      throw new EOFException();
    }
    int n = (int) Math.min(end - next, max);
    next += n;
    return n;
  }

  void skip(long bytes) throws IOException {
    for (long left = bytes; left > 0; ) {
      left -= readSome(left);
    }
  }
}
