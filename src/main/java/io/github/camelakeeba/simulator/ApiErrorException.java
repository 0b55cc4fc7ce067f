package io.github.camelakeeba.simulator;

/** An answer whose JSON status is not 200, with a text in place of the data. */
final class ApiErrorException extends RuntimeException {
  final int status;

  ApiErrorException(int status, String text) {
    super(text, null, false, false);
    this.status = status;
  }
}
