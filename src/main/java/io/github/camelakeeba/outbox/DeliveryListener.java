package io.github.camelakeeba.outbox;

/** Is notified how each delivery ended, to count it. */
@FunctionalInterface
public interface DeliveryListener {
  void deliveryEnded(String channel, boolean delivered);
}
