package io.github.camelakeeba.restore;

/** Nothing can be said of the archive; the message is a sentence that says what is in the way. */
final class UntestableException extends RuntimeException {
  UntestableException(String message) {
    super(message, null, false, false);
  }
}
