package io.github.camelakeeba.akeeba.http;

import java.io.IOException;

/** An answer came, but is not to be read: it is too large, or there was no room for it. */
public final class UnreadableResponseException extends IOException {
  /** The message says what came, and stands in a sentence: "… answered … with ….". */
  UnreadableResponseException(String what) {
    super(what);
  }
}
