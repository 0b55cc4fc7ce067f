package io.github.camelakeeba.demo;

/** What befalls the worker in one step. */
interface Mishap {
  /** Nothing does. */
  Mishap NONE = new Mishap() {};

  /** Called while the worker is inside: may block. */
  default void inside() {}

  /** Whether the worker dies at work; {@code instep} then stays 1. */
  default boolean kills() {
    return false;
  }

  /** Whether it dies after {@code instep} went to 0, before the state was saved. */
  default boolean killsBeforeSaving() {
    return false;
  }
}
