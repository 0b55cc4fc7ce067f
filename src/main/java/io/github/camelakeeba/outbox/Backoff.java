package io.github.camelakeeba.outbox;

import io.github.camelakeeba.config.Timings;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long a channel is not tried after a failed delivery. */
public final class Backoff {
  private final Duration first;
  private final Duration max;

  public Backoff(Timings timings) {
    this.first = timings.firstRetryPause();
    this.max = timings.maxRetryPause();
  }

  /** The first, then twice as long each time, with jitter; longer if the channel asks for it. */
  public Duration pause(int attempts, Throwable cause) {
    long bounded = Math.min(first.toMillis() << Math.min(attempts, 20), max.toMillis());
    Duration ours =
        Duration.ofMillis(bounded * ThreadLocalRandom.current().nextLong(80, 121) / 100);
    Duration theirs =
        cause instanceof DeliveryException known && known.retryAfter() != null
            ? known.retryAfter()
            : Duration.ZERO;
    return theirs.compareTo(ours) <= 0 ? ours : theirs.compareTo(max) > 0 ? max : theirs;
  }
}
