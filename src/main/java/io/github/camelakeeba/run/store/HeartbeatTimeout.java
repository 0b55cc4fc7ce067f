package io.github.camelakeeba.run.store;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/** For how long other nodes have given no sign of life, as it is seen from here. */
final class HeartbeatTimeout {
  private record Sign(Object sign, long polledAt, long silent) {}

  private final long timeoutNanos;
  private final LongSupplier nanoTime;
  private final Map<String, Sign> signs = new HashMap<>();

  HeartbeatTimeout(Duration timeout, LongSupplier nanoTime) {
    this.timeoutNanos = timeout.toNanos();
    this.nanoTime = nanoTime;
  }

  /**
   * Whether the node's sign of life is the same for too long. A time in which nobody polled, as
   * while the store was away, counts for a third of that at most: then the node could give none.
   */
  synchronized boolean expired(String node, Object sign) {
    long now = nanoTime.getAsLong();
    Sign last = signs.get(node);
    long silent =
        last != null && Objects.equals(last.sign, sign)
            ? last.silent + Math.min(now - last.polledAt, timeoutNanos / 3)
            : 0;
    if (silent >= timeoutNanos) {
      signs.remove(node);
      return true;
    }
    signs.put(node, new Sign(sign, now, silent));
    return false;
  }
}
