package io.github.camelakeeba.restore;

/** The dump can't be restored; the message is a sentence that says why. */
final class UnprovedException extends RuntimeException {
  UnprovedException(String message) {
    super(message, null, false, false);
  }
}
