package io.github.camelakeeba.simulator;

/** An answer with this JSON status, and a text as its data. */
final class ApiErrorException extends RuntimeException {
  final int status;

  ApiErrorException(int status, String text) {
    super(text, null, false, false);
    this.status = status;
  }
}
