package io.github.camelakeeba.demo;

/** An answer whose JSON status is not 200, with a text in place of the data. */
final class ApiFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  final int status;

  ApiFailure(int status, String text) {
    super(text, null, false, false);
    this.status = status;
  }
}
