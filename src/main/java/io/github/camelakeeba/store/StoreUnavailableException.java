package io.github.camelakeeba.store;

/** This process stops before the store has accepted a write. */
public class StoreUnavailableException extends RuntimeException {
  public StoreUnavailableException(Throwable cause) {
    super(
        "the store is away and this process stops; the next start finds the run as it was last written",
        cause);
  }
}
