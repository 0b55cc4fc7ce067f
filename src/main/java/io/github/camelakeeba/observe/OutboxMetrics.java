package io.github.camelakeeba.observe;

import io.github.camelakeeba.outbox.ChannelState;
import io.github.camelakeeba.outbox.OutboxQueries;
import io.github.camelakeeba.store.StoreAvailability;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What each channel has not accepted yet. */
public final class OutboxMetrics {
  private static final String PENDING = "backup.outbox.pending";
  private static final String WAITING = "backup.outbox.waiting";
  private static final String PARKED = "backup.outbox.parked";
  private static final String OLDEST = "backup.outbox.oldest";

  private OutboxMetrics() {}

  public static ScrapedMetrics of(
      StoreAvailability availability, OutboxQueries outbox, Clock clock) {
    return new StoreMetrics(
            availability, metrics -> poll(metrics, outbox.channelCounts(), clock.instant()))
        .gauge(PENDING, null, "Messages on their way, also those that come again after a pause")
        .gauge(WAITING, null, "Messages that wait for their digest or the end of quiet hours")
        .gauge(PARKED, null, "Messages that were given up")
        .gauge(OLDEST, "seconds", "So long the oldest message on its way is tried; 0: none is");
  }

  private static void poll(StoreMetrics metrics, List<ChannelState> states, Instant now) {
    for (ChannelState state : states) {
      Tags channel = Tags.of("channel", state.channel());
      metrics.set(PENDING, channel, state.pending());
      metrics.set(WAITING, channel, state.waiting());
      metrics.set(PARKED, channel, state.parked());
      Instant oldest = state.oldest() == null ? now : state.oldest();
      metrics.set(OLDEST, channel, Math.max(0, Duration.between(oldest, now).toMillis() / 1000.0));
    }
  }
}
