package io.github.camelakeeba.notify;

import java.time.Duration;

/** A delivery did not reach its channel; the message names the channel and holds no secret. */
public final class DeliveryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Duration retryAfter;

  /** Has no cause on purpose: the cause of a failed call often carries the address. */
  public DeliveryException(String message) {
    this(message, null);
  }

  /** The same; the channel asks for no further attempt before so long, or for nothing (null). */
  public DeliveryException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  /** So long the channel wants to be left alone, or null. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
