package io.github.camelakeeba.dump;

import java.nio.charset.StandardCharsets;

/** The primary key of a row, while its bytes come. */
final class RowKey {
  /** Characters of a whole number of 64 bits with its sign. */
  private static final int LONGEST = 20;

  private final byte[] text = new byte[LONGEST];
  private int length;

  /** Of another row. */
  void begin() {
    length = 0;
  }

  void add(byte[] from, int start, int end) {
    int count = Math.min(end - start, Math.max(0, LONGEST - length));
    System.arraycopy(from, start, text, Math.min(length, LONGEST), count);
    length += end - start;
  }

  /** Tells the row, with its key where that is a whole number. */
  void tell(DumpVisitor visitor) {
    if (length == 0 || length > LONGEST) {
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
