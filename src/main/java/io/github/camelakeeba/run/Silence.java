package io.github.camelakeeba.run;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** For how long other nodes have given no sign of life, as it is seen from here. */
final class Silence {
  private record Sign(Object sign, long seen) {}

  private final long longest;
  private final LongSupplier nanoTime;
  private final Map<String, Sign> signs = new ConcurrentHashMap<>();

  Silence(Duration longest, LongSupplier nanoTime) {
    this.longest = longest.toNanos();
    this.nanoTime = nanoTime;
  }

  /** Whether the node's sign of life is the same for too long. */
  boolean tooLong(String node, Object sign) {
    long now = nanoTime.getAsLong();
    Sign last =
        signs.merge(
            node,
            new Sign(sign, now),
            (known, seen) -> Objects.equals(known.sign, seen.sign) ? known : seen);
    boolean silent = now - last.seen >= longest;
    if (silent) {
      signs.remove(node);
    }
    return silent;
  }
}
