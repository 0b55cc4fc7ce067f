package io.github.camelakeeba.observe;

import io.github.camelakeeba.notify.ChannelState;
import io.github.camelakeeba.notify.OutboxView;
import io.github.camelakeeba.run.StoreWatch;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;

/** What each channel has not taken yet. */
public final class OutboxReadings {
  private static final String PENDING = "backup.outbox.pending";
  private static final String WAITING = "backup.outbox.waiting";
  private static final String PARKED = "backup.outbox.parked";
  private static final String OLDEST = "backup.outbox.oldest";

  private final OutboxView outbox;
  private final Clock clock;

  private OutboxReadings(OutboxView outbox, Clock clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  /** The readings of this outbox. */
  public static Readings of(StoreWatch watch, OutboxView outbox, Clock clock) {
    return new StoreReadings(watch, new OutboxReadings(outbox, clock)::look)
        .gauge(PENDING, null, "Messages on their way, also those that come again after a pause")
        .gauge(WAITING, null, "Messages that wait for their digest or the end of quiet hours")
        .gauge(PARKED, null, "Messages that were given up")
        .gauge(OLDEST, "seconds", "So long the oldest message on its way is tried; 0: none is");
  }

  private void look(StoreReadings readings) {
    for (ChannelState state : outbox.counts()) {
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
