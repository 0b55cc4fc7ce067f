package io.github.camelakeeba.run;

import java.time.Clock;
import java.time.Duration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Knows schedules whose fire time has passed and was not noticed. */
public final class LateSchedules {
  private static final Duration LATE = Duration.ofMinutes(2);

  private final StoreWatch watch;
  private final JdbcTemplate jdbc;
  private final Clock clock;

  /** As Quartz keeps them in this store. */
  public LateSchedules(Database database, Clock clock) {
    this.watch = database.watch();
    this.jdbc = database.jdbc();
    this.clock = clock;
  }

  /** The site whose schedule is late for longest, by more than 2 min; null: none is. */
  String longest() {
    return jdbc
        .queryForList(
            """
            select trigger_name from qrtz_triggers
            where next_fire_time > 0 and next_fire_time < ? and trigger_state <> 'COMPLETE'
            order by next_fire_time limit 1
            """,
            String.class,
            clock.instant().minus(LATE).toEpochMilli())
        .stream()
        .findFirst()
        .orElse(null);
  }

  /** The same; null too while nobody can know, since the store is away. */
  String known() {
    if (watch.downSince() != null) {
      return null;
    }
    try {
      return longest();
    } catch (RuntimeException e) {
      if (!StoreTrouble.is(e)) {
        throw e;
      }
      return null;
    }
  }
}
