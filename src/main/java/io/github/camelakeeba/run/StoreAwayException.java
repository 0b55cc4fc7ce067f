package io.github.camelakeeba.run;

/** The store did not take a write to the end: this process stops and can't wait for it. */
public class StoreAwayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The cause is what the store said last. */
  public StoreAwayException(Throwable cause) {
    super(
        "the store is away and this process stops; the next start finds the run as it was last written",
        cause);
  }
}
