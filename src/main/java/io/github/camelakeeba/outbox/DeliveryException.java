package io.github.camelakeeba.outbox;

import java.time.Duration;

/** A delivery did not reach its channel; the message names the channel and holds no secret. */
public final class DeliveryException extends RuntimeException {
  private final transient Duration retryAfter;
  private final boolean permanent;

  /** Has no cause: that of a failed call often carries the address. */
  public DeliveryException(String message) {
    this(message, null);
  }

  public DeliveryException(String message, Duration retryAfter) {
    this(message, retryAfter, false);
  }

  private DeliveryException(String message, Duration retryAfter, boolean permanent) {
    super(message);
    this.retryAfter = retryAfter;
    this.permanent = permanent;
  }

  /** The channel will never accept a message again. */
  public static DeliveryException permanent(String message) {
    return new DeliveryException(message, null, true);
  }

  public Duration retryAfter() {
    return retryAfter;
  }

  public boolean permanent() {
    return permanent;
  }
}
