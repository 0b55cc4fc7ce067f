package io.github.camelakeeba.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads the numbers and marks of an archive, and knows where it is. */
final class LittleEndian {
  private final InputStream in;
  private final byte[] buffer = new byte[128 * 1024];
  private long position;

  LittleEndian(InputStream in) {
    this.in = in;
  }

  /** Bytes read so far. */
  long position() {
    return position;
  }

  int u8() throws IOException {
    int value = in.read();
    if (value < 0) {
      throw new EOFException();
    }
    position++;
    return value;
  }

  int u16() throws IOException {
    return u8() | u8() << 8;
  }

  long u32() throws IOException {
    return u16() | (long) u16() << 16;
  }

  /** So many characters of ASCII. */
  String mark(int length) throws IOException {
    StringBuilder mark = new StringBuilder();
    for (int i = 0; i < length; i++) {
      mark.append((char) u8());
    }
    return mark.toString();
  }

  /** Some of the next bytes, at most so many; they stay valid until the next call. */
  int some(long most) throws IOException {
    int n = in.read(buffer, 0, (int) Math.min(buffer.length, most));
    if (n < 0) {
      throw new EOFException();
    }
    position += n;
    return n;
  }

  byte[] buffer() {
    return buffer;
  }

  void skip(long bytes) throws IOException {
    for (long left = bytes; left > 0; ) {
      left -= some(left);
    }
  }

  /** Whether nothing follows. */
  boolean atEnd() throws IOException {
    return in.read() < 0;
  }
}
