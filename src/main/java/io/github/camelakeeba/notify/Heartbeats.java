package io.github.camelakeeba.notify;

import java.util.concurrent.atomic.AtomicBoolean;

/** The bean {@code heartbeats}: whether a trouble that holds back the heartbeat is new. */
public final class Heartbeats {
  private final AtomicBoolean told = new AtomicBoolean();

  /** True once, until there is no trouble any more. */
  public boolean news(String trouble) {
    if (trouble == null) {
      told.set(false);
      return false;
    }
    return !told.getAndSet(true);
  }
}
