package io.github.camelakeeba.outbox;

/** Is told how each delivery ended, to count it. */
@FunctionalInterface
public interface DeliveryListener {
  /** The channel has taken a message, or it has not. */
  void deliveryEnded(String channel, boolean delivered);
}
