package io.github.camelakeeba.inspection;

import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.Timings;
import java.time.Duration;
import java.time.Instant;

/**
 * When a site is inspected: a watched one each hour, another each day, each at a time of its own
 * that follows from its name, so that the inspections of a fleet are spread evenly.
 */
final class InspectionTimes {
  /** The first inspections of watched sites begin no closer than this on average. */
  private static final Duration FIRST_GAP = Duration.ofSeconds(1);

  private final Timings timings;

  InspectionTimes(Timings timings) {
    this.timings = timings;
  }

  Duration interval(Site site) {
    return site.proof().watch() ? timings.watchInterval() : timings.lookInterval();
  }

  /**
   * A watched site that is new is inspected soon: in so many seconds as there are watched sites.
   *
   * @param watched how many sites are watched
   */
  Instant first(Site site, long watched, Instant now) {
    if (!site.proof().watch()) {
      return next(site, false, now);
    }
    Duration wait = FIRST_GAP.multipliedBy(watched);
    Duration window = wait.compareTo(timings.watchInterval()) < 0 ? wait : timings.watchInterval();
    return now.plusMillis(
        (long) (window.toMillis() * ScheduleCalculator.spreadFraction(site.name())));
  }

  /**
   * Half an interval from now at the earliest.
   *
   * @param soon after the time between the inspections of a watched site, whether it is one or not
   */
  Instant next(Site site, boolean soon, Instant now) {
    long interval = (soon ? timings.watchInterval() : interval(site)).toMillis();
    long earliest = now.toEpochMilli() + interval / 2;
    long phase = (long) (interval * ScheduleCalculator.spreadFraction(site.name()));
    return Instant.ofEpochMilli(earliest + Math.floorMod(phase - earliest, interval));
  }
}
