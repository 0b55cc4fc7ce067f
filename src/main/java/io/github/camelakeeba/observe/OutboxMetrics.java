package io.github.camelakeeba.observe;

import io.github.camelakeeba.outbox.ChannelState;
import io.github.camelakeeba.outbox.OutboxQueries;
import io.github.camelakeeba.store.StoreAvailability;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;

/** What each channel has not accepted yet. */
public final class OutboxMetrics {
  private static final String PENDING = "backup.outbox.pending";
  private static final String WAITING = "backup.outbox.waiting";
  private static final String PARKED = "backup.outbox.parked";
  private static final String OLDEST = "backup.outbox.oldest";

  private final OutboxQueries outbox;
  private final Clock clock;

  private OutboxMetrics(OutboxQueries outbox, Clock clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  /** The readings of this outbox. */
  public static ScrapedMetrics of(StoreAvailability watch, OutboxQueries outbox, Clock clock) {
    return new StoreMetrics(watch, new OutboxMetrics(outbox, clock)::poll)
        .gauge(PENDING, null, "Messages on their way, also those that come again after a pause")
        .gauge(WAITING, null, "Messages that wait for their digest or the end of quiet hours")
        .gauge(PARKED, null, "Messages that were given up")
        .gauge(OLDEST, "seconds", "So long the oldest message on its way is tried; 0: none is");
  }

  private void poll(StoreMetrics readings) {
    for (ChannelState state : outbox.channelCounts()) {
      Tags channel = Tags.of("channel", state.channel());
      readings.set(PENDING, channel, state.pending());
      readings.set(WAITING, channel, state.waiting());
      readings.set(PARKED, channel, state.parked());
      readings.set(OLDEST, channel, age(state));
    }
  }

  private double age(ChannelState state) {
    return state.oldest() == null
        ? 0
        : Math.max(0, Duration.between(state.oldest(), clock.instant()).toMillis() / 1000.0);
  }
}
