package io.github.camelakeeba.outbox;

/** Is notified how each delivery ended, to count it. */
@FunctionalInterface
public interface DeliveryListener {
  /** The channel has accepted a message, or it has not. */
  void deliveryEnded(String channel, boolean delivered);
}
