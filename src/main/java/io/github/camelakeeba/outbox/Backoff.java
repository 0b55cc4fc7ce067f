package io.github.camelakeeba.outbox;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long a channel is left alone after it has not taken something. */
public final class Backoff {
  private static final Duration INITIAL_PAUSE = Duration.ofSeconds(1);
  private static final Duration MAX_PAUSE = Duration.ofMinutes(10);

  private Backoff() {}

  /** 1 s, then twice as long each time up to 10 min, with jitter; longer if the channel asks so. */
  public static Duration pause(int attempts, Throwable cause) {
    long doubled = INITIAL_PAUSE.toMillis() << Math.min(attempts, 20);
    long bounded = Math.min(doubled, MAX_PAUSE.toMillis());
    Duration ours =
        Duration.ofMillis(bounded * ThreadLocalRandom.current().nextLong(80, 121) / 100);
    Duration theirs =
        cause instanceof DeliveryException asked && asked.retryAfter() != null
            ? asked.retryAfter()
            : Duration.ZERO;
    return theirs.compareTo(ours) <= 0
        ? ours
        : theirs.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : theirs;
  }
}
