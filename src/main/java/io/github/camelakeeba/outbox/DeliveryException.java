package io.github.camelakeeba.outbox;

import java.time.Duration;

/** A delivery did not reach its channel; the message names the channel and holds no secret. */
public final class DeliveryException extends RuntimeException {
  private final transient Duration retryAfter;
  private final boolean permanent;

  /** Has no cause on purpose: the cause of a failed call often carries the address. */
  public DeliveryException(String message) {
    this(message, null);
  }

  /** The same; the channel asks for no further attempt before so long, or for nothing (null). */
  public DeliveryException(String message, Duration retryAfter) {
    this(message, retryAfter, false);
  }

  private DeliveryException(String message, Duration retryAfter, boolean last) {
    super(message);
    this.retryAfter = retryAfter;
    this.permanent = last;
  }

  /** The channel has said that it will never take anything again. */
  public static DeliveryException permanent(String message) {
    return new DeliveryException(message, null, true);
  }

  /** So long the channel wants to be left alone, or null. */
  public Duration retryAfter() {
    return retryAfter;
  }

  /** Whether another attempt is of no use. */
  public boolean permanent() {
    return permanent;
  }
}
