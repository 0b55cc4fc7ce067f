package io.github.camelakeeba.archive.dump;

import java.nio.charset.StandardCharsets;

/** The primary key of a row, while its bytes come. */
final class PrimaryKeyReader {
  private static final int MAX_LENGTH = 20; // characters of a 64 bit number with its sign

  private final byte[] text = new byte[MAX_LENGTH];
  private int length;

  void begin() {
    length = 0;
  }

  void add(byte[] from, int start, int end) {
    int count = Math.min(end - start, Math.max(0, MAX_LENGTH - length));
    System.arraycopy(from, start, text, Math.min(length, MAX_LENGTH), count);
    length += end - start;
  }

  /** Reports the row, with its key where that is a whole number. */
  void emit(DumpVisitor visitor) {
    if (length == 0 || length > MAX_LENGTH) {
      visitor.row();
      return;
    }
    try {
      visitor.row(Long.parseLong(new String(text, 0, length, StandardCharsets.ISO_8859_1)));
    } catch (NumberFormatException e) {
      visitor.row();
    }
  }
}
