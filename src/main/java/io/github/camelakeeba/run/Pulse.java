package io.github.camelakeeba.run;

import io.github.camelakeeba.notify.Outbox;
import io.github.camelakeeba.site.Channel;
import io.github.camelakeeba.site.Configuration;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The bean {@code pulse}: whether this service does its work, or what of it stands still. */
public final class Pulse {
  /** A delivery to a channel that hangs takes less. */
  private static final Duration STUCK = Duration.ofMinutes(5);

  private final Configuration configuration;
  private final Database database;
  private final LateSchedules schedules;
  private final Outbox outbox;
  private final Watchdog watchdog;
  private final Clock clock;
  private final Instant begin;

  /** Of the service that has these. */
  public Pulse(
      Configuration configuration,
      Database database,
      Outbox outbox,
      Watchdog watchdog,
      Clock clock) {
    this.configuration = configuration;
    this.database = database;
    this.schedules = new LateSchedules(database, clock);
    this.outbox = outbox;
    this.watchdog = watchdog;
    this.clock = clock;
    this.begin = clock.instant();
  }

  /** Null when schedules fire, the store takes writes, and sites and channels are looked after. */
  public String trouble() {
    Instant since = database.watch().downSince();
    if (since != null) {
      return "the store has taken no write since " + since;
    }
    String late = schedules.longest();
    return late != null ? "the schedule of " + late + " does not fire" : stuck(clock.instant());
  }

  private String stuck(Instant now) {
    if (old(watchdog.lookedAt(), now)) {
      return "nobody looks for sites that are overdue";
    }
    for (Channel channel : configuration.channels().values()) {
      if (old(outbox.lookedAfter(channel.name()), now)) {
        return "nobody looks after channel " + channel.name();
      }
    }
    return null;
  }

  private boolean old(Instant looked, Instant now) {
    return (looked == null ? begin : looked).plus(STUCK).isBefore(now);
  }
}
