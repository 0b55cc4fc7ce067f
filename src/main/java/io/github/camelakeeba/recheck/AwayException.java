package io.github.camelakeeba.recheck;

/** The place of an archive can't be read, which says nothing of the archive. */
public final class AwayException extends RuntimeException {
  AwayException(String message) {
    super(message);
  }
}
