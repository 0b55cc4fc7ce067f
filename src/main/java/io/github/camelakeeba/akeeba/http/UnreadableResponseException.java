package io.github.camelakeeba.akeeba.http;

import java.io.IOException;

/** An answer came, but is not to be read: it is too large, or there was no room for it. */
public final class UnreadableResponseException extends IOException {
  private static final long serialVersionUID = 1L;

  /** The message says what came, and stands in a sentence: "… answered … with ….". */
  UnreadableResponseException(String what) {
    super(what);
  }
}
