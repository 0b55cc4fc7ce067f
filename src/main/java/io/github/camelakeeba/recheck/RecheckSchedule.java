package io.github.camelakeeba.recheck;

import io.github.camelakeeba.config.ScheduleCalculator;
import java.time.Duration;
import java.time.Instant;

/**
 * When an archive is read again: at the latest so long after the last time, and up to a quarter of
 * that earlier, so that what was downloaded in one night is not read in one night.
 */
final class RecheckSchedule {
  private static final int EARLIER = 4; // the share of the interval

  private RecheckSchedule() {}

  /** What was read after that is not due yet. */
  static Instant earliest(Duration every, Instant now) {
    return now.minus(every.minus(every.dividedBy(EARLIER)));
  }

  /** The same instant for the same archive and reading, on every node. */
  static Instant dueAt(CheckedArchive one, Duration every) {
    String key =
        one.archive().site()
            + '/'
            + one.archive().backupid()
            + '/'
            + one.verifiedAt().toEpochMilli();
    long earlier =
        (long) (every.dividedBy(EARLIER).toMillis() * ScheduleCalculator.spreadFraction(key));
    return one.verifiedAt().plus(every).minusMillis(earlier);
  }
}
