package io.github.camelakeeba.notify.text;

import java.io.IOException;
import java.io.Writer;

/** Bounds what a template writes: one that never ends must fail. */
public final class BoundedWriter extends Writer {
  private static final int MAX_LENGTH = 16_000_000; // a digest of 10,000 events has 3 million

  private final StringBuilder text = new StringBuilder();

  @Override
  public void write(char[] from, int offset, int length) throws IOException {
    if (text.length() + length > MAX_LENGTH) {
      throw new IOException("writes more than " + MAX_LENGTH + " characters");
    }
    text.append(from, offset, length);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  @Override
  public String toString() {
    return text.toString();
  }
}
