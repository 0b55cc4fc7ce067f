package io.github.camelakeeba.watch;

import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.TransientStoreErrors;
import java.time.Clock;
import java.time.Duration;

/** Detects schedules whose fire time has passed without a fire. */
public final class MissedFireDetector {
  private static final Duration MISSED_AFTER = Duration.ofMinutes(2);

  private final Database database;
  private final Clock clock;

  public MissedFireDetector(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** A site whose schedule is late for longest, by more than 2 min; null: none is. */
  String mostOverdueSite() {
    return database
        .sql(
            """
            select s.site from qrtz_triggers t join scheduled_site s on s.schedule = t.trigger_name
            where t.next_fire_time > 0 and t.next_fire_time < ? and t.trigger_state <> 'COMPLETE'
            order by t.next_fire_time, s.site limit 1
            """)
        .param(clock.instant().minus(MISSED_AFTER).toEpochMilli())
        .query(String.class)
        .optional()
        .orElse(null);
  }

  /** The same; null also while the store is unavailable. */
  public String mostOverdueSiteIfKnown() {
    if (database.availability().downSince() != null) {
      return null;
    }
    try {
      return mostOverdueSite();
    } catch (RuntimeException e) {
      if (!TransientStoreErrors.isTransient(e)) {
        throw e;
      }
      return null;
    }
  }
}
