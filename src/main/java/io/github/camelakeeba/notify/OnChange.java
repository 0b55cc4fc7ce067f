package io.github.camelakeeba.notify;

import java.util.concurrent.atomic.AtomicBoolean;

/** Whether a trouble that holds back the heartbeat is new. */
public final class OnChange {
  private final AtomicBoolean reported = new AtomicBoolean();

  /** True once, until there is no trouble any more. */
  public boolean isNew(String trouble) {
    if (trouble == null) {
      reported.set(false);
      return false;
    }
    return !reported.getAndSet(true);
  }
}
