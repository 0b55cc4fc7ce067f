package io.github.camelakeeba.notify;

import java.io.IOException;
import java.io.Writer;

/** What a template writes, up to a length that no message needs: one that never ends must fail. */
final class BoundedText extends Writer {
  /** A digest of 10,000 events has 3 million characters. */
  private static final int LONGEST = 16_000_000;

  private final StringBuilder text = new StringBuilder();

  @Override
  public void write(char[] from, int offset, int length) throws IOException {
    if (text.length() + length > LONGEST) {
      throw new IOException("writes more than " + LONGEST + " characters");
    }
    text.append(from, offset, length);
  }

  @Override
  public void flush() {
    // all is in the text already
  }

  @Override
  public void close() {
    // there is nothing to close
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
