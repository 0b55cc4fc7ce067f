package io.github.camelakeeba.store;

/** The store did not take a write to the end: this process stops and can't wait for it. */
public class StoreUnavailableException extends RuntimeException {
  /** The cause is what the store said last. */
  public StoreUnavailableException(Throwable cause) {
    super(
        "the store is away and this process stops; the next start finds the run as it was last written",
        cause);
  }
}
