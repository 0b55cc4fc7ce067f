package io.github.camelakeeba.observe;

import io.github.camelakeeba.run.Overdue;
import io.github.camelakeeba.run.StoreWatch;
import io.micrometer.core.instrument.Tags;

/** How many sites are in trouble. */
public final class SiteReadings {
  private static final String OVERDUE = "backup.sites.overdue";
  private static final String FAILING = "backup.sites.failing";

  private SiteReadings() {}

  /** The readings of these sites. */
  public static Readings of(StoreWatch watch, Overdue overdue) {
    return new StoreReadings(
            watch,
            readings -> {
              Overdue.Trouble trouble = overdue.trouble();
              readings.set(OVERDUE, Tags.empty(), trouble.overdue().size());
              readings.set(FAILING, Tags.empty(), trouble.failing());
            })
        .gauge(OVERDUE, null, "Sites without a good backup for too long")
        .gauge(FAILING, null, "Sites whose last backup failed");
  }
}
