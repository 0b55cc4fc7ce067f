package io.github.camelakeeba.akeeba;

import java.io.IOException;
import java.io.InputStream;

/** Reads an answer that is too large for the memory. */
public interface BodySink {
  /**
   * Reads all of them, and does not close them. Throws {@link IOException} when they break off, and
   * {@link AkeebaException} when they are no archive, or can't be stored.
   */
  void consume(InputStream bytes) throws IOException;

  /** Whether any of them came. */
  boolean received();
}
