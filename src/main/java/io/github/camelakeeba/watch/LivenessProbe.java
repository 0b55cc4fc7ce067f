package io.github.camelakeeba.watch;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.outbox.Outbox;
import io.github.camelakeeba.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/** Whether this service does its work; otherwise nothing is to send a heartbeat. */
public final class LivenessProbe {
  private static final Duration STALL_LIMIT =
      Duration.ofMinutes(5); // a hanging delivery takes less

  private final Configuration configuration;
  private final Database database;
  private final MissedFireDetector schedules;
  private final Outbox outbox;
  private final Watchdog watchdog;
  private final Clock clock;
  private final Instant begin;
  private final AtomicBoolean failing = new AtomicBoolean();

  public LivenessProbe(
      Configuration configuration,
      Database database,
      Outbox outbox,
      Watchdog watchdog,
      Clock clock) {
    this.configuration = configuration;
    this.database = database;
    this.schedules = new MissedFireDetector(database, clock);
    this.outbox = outbox;
    this.watchdog = watchdog;
    this.clock = clock;
    this.begin = clock.instant();
  }

  /** {@code first}: there was none when it was checked last. */
  public record Problem(String reason, boolean first) {}

  /** Null when schedules fire, the store takes writes, and sites and channels are polled. */
  public Problem problem() {
    String reason = reason();
    boolean before = failing.getAndSet(reason != null);
    return reason == null ? null : new Problem(reason, !before);
  }

  private String reason() {
    Instant since = database.availability().downSince();
    if (since != null) {
      return "the store has accepted no write since " + since;
    }
    String late = schedules.mostOverdueSite();
    if (late != null) {
      return "the schedule of " + late + " does not fire";
    }
    Instant now = clock.instant();
    if (isStale(watchdog.lastCheckAt(), now)) {
      return "nobody looks for sites that are overdue";
    }
    for (Channel channel : configuration.channels().values()) {
      if (isStale(outbox.lastPolledAt(channel.name()), now)) {
        return "nobody looks after channel " + channel.name();
      }
    }
    return null;
  }

  private boolean isStale(Instant checkedAt, Instant now) {
    return (checkedAt == null ? begin : checkedAt).plus(STALL_LIMIT).isBefore(now);
  }
}
