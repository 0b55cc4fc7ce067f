package io.github.camelakeeba.restore;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Gathers rows of literals for one table and hands them on in statements of a size that the server
 * takes, whatever their grouping in the dump. Anything else than literals between the brackets is
 * refused.
 */
final class InsertedRows {
  private static final int SENT_FROM = 1 << 20; // bytes that make a statement large enough
  private static final Pattern LITERAL =
      Pattern.compile(
          "[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[+-]?\\d+)?|0x[0-9a-f]*|NULL|TRUE|FALSE|DEFAULT",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern INTRODUCER =
      Pattern.compile("[xbn]|_[a-z0-9]+", Pattern.CASE_INSENSITIVE);

  /** Takes whole rows: {@code count} of them, with commas between them. */
  @FunctionalInterface
  interface Sender {
    void send(InsertHead head, byte[] rows, int length, int count);
  }

  private final InsertHead head;
  private final int maxBytes;
  private final Sender sender;

  private byte[] bytes;
  private int length;
  private int whole; // bytes of whole rows
  private int count; // of whole rows
  private boolean inRow;
  private boolean inQuotes;
  private boolean comma; // between two rows of the statement
  private boolean anyRow; // of the statement
  private int word; // where the literal without quotes begins, or -1
  private boolean literal; // of the value that is read

  /**
   * @param maxBytes that a statement may have
   */
  InsertedRows(InsertHead head, int maxBytes, Sender sender) {
    this.head = head;
    this.maxBytes = maxBytes - head.sql().length() * 4; // bytes of its characters at the most
    this.sender = sender;
    this.bytes = new byte[Math.min(8192, this.maxBytes)];
    this.word = -1;
  }

  InsertHead head() {
    return head;
  }

  void add(byte[] from, int offset, int added, boolean quoted) {
    if (quoted) {
      if (inRow) {
        append(from, offset, added);
      }
      return;
    }
    for (int i = offset; i < offset + added; i++) {
      one(from[i], from, i);
    }
  }

  private void one(byte b, byte[] from, int i) {
    if (!inRow) {
      betweenRows(b);
      if (!inRow) {
        return;
      }
    } else {
      inRow(b);
    }
    append(from, i, 1);
    if (!inRow) {
      endOfRow();
    }
  }

  private void betweenRows(byte b) {
    if (b == '(' && (comma || !anyRow)) {
      inRow = true;
      anyRow = true;
      comma = false;
      literal = false;
      if (count > 0) {
        append(new byte[] {','}, 0, 1);
      }
    } else if (b == ',' && anyRow && !comma) {
      comma = true;
    } else if (!blank(b)) {
      throw refused();
    }
  }

  private void inRow(byte b) {
    boolean quote = b == '\'' || b == '"';
    if (inQuotes) {
      inQuotes = !quote; // the closing one: what is between them does not come here
      return;
    }
    if (letter(b)) {
      if (word < 0) {
        if (literal) {
          throw refused();
        }
        word = length;
      }
      return;
    }
    if (word >= 0) {
      String text = new String(bytes, word, length - word, StandardCharsets.ISO_8859_1);
      word = -1;
      if (quote && INTRODUCER.matcher(text).matches()) {
        inQuotes = true;
        literal = true;
        return;
      }
      if (!LITERAL.matcher(text).matches()) {
        if (!blank(b) || !INTRODUCER.matcher(text).matches() || text.charAt(0) != '_') {
          throw refused();
        }
        literal = false; // an introducer and a blank: its value follows
        return;
      }
      literal = true;
    }
    if (quote) {
      // the one behind another belongs to the same value: it is written twice
      inQuotes = true;
      literal = true;
    } else if (b == ',') {
      endOfValue();
    } else if (b == ')') {
      endOfValue();
      inRow = false;
    } else if (!blank(b)) {
      throw refused();
    }
  }

  private void endOfValue() {
    if (!literal) {
      throw refused();
    }
    literal = false;
  }

  private RefusedStatementException refused() {
    return new RefusedStatementException(
        "The dump holds an INSERT with something else than values, which is not run: \"%s\"."
            .formatted(head));
  }

  private void append(byte[] from, int offset, int added) {
    if (length + added > bytes.length) {
      if (length + added > maxBytes) {
        send();
        if (length + added > maxBytes) {
          throw new RefusedStatementException(
              true,
              "A row of the table %s has more than the %s bytes that a statement may have here (max_allowed_packet of the server, a twelfth of our memory, and 64 MiB at the most)."
                  .formatted(StatementText.asDumped(head.table()), maxBytes));
        }
      }
      bytes = Arrays.copyOf(bytes, Math.min(maxBytes, Math.max(2 * bytes.length, length + added)));
    }
    System.arraycopy(from, offset, bytes, length, added);
    length += added;
  }

  private void endOfRow() {
    whole = length;
    count++;
    if (length >= Math.min(SENT_FROM, maxBytes - 2)) { // with room for what parts two rows
      send();
    }
  }

  /** The statement has ended; its rows may wait for others of the same table. */
  void endOfStatement() {
    if (inRow || comma || !anyRow) {
      throw refused();
    }
    anyRow = false;
  }

  /** Hands on the rows that are whole. */
  void send() {
    if (count == 0) {
      return;
    }
    sender.send(head, bytes, whole, count);
    int rest = length - whole;
    int from = whole + (rest > 0 && bytes[whole] == ',' ? 1 : 0);
    System.arraycopy(bytes, from, bytes, 0, length - from);
    word = word < 0 ? word : word - from;
    length -= from;
    whole = 0;
    count = 0;
  }

  private static boolean letter(byte b) {
    return b >= '0' && b <= '9'
        || b >= 'a' && b <= 'z'
        || b >= 'A' && b <= 'Z'
        || b == '_'
        || b == '.'
        || b == '+'
        || b == '-';
  }

  private static boolean blank(byte b) {
    return b >= 0 && b <= ' ';
  }
}
