package io.github.camelakeeba.akeeba;

import java.io.IOException;
import java.io.InputStream;

/** Takes the bytes of an answer that is too large for the memory. */
public interface BodySink {
  /**
   * Reads all of them, and does not close them. Throws {@link IOException} when they break off, and
   * {@link AkeebaException} when they are not what is wanted, or can't be kept.
   */
  void consume(InputStream bytes) throws IOException;

  /** Whether any of them came. */
  boolean taken();
}
