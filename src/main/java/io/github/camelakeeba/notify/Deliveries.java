package io.github.camelakeeba.notify;

/** Is told how each delivery ended, to count it. */
@FunctionalInterface
public interface Deliveries {
  /** The channel has taken a message, or it has not. */
  void ended(String channel, boolean delivered);
}
