package io.github.camelakeeba.notify;

/** A delivery did not reach its channel; the message names the channel and holds no secret. */
public final class DeliveryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Has no cause on purpose: the cause of a failed call often carries the address. */
  public DeliveryException(String message) {
    super(message);
  }
}
