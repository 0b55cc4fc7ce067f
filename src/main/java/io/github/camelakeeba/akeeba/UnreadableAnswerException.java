package io.github.camelakeeba.akeeba;

import java.io.IOException;

/** An answer came, but is not to be read: it is too large, or there was no room for it. */
final class UnreadableAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  /** The message says what came, and stands in a sentence: "… answered … with ….". */
  UnreadableAnswerException(String what) {
    super(what);
  }
}
