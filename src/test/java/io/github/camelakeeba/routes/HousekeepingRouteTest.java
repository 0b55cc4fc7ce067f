package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

@ShippedRoute("housekeeping")
class HousekeepingRouteTest extends RouteTestSupport {

  @Test
  void old_runs_and_messages_are_purged() {
    fire("backup-history");

    assertStory("backup-history.purgeAll");
  }

  @Test
  void nothing_is_done_while_the_clock_goes_on_as_it_should() {
    fire("backup-clock-watch");

    assertStory("backup-clock.jumped");
  }

  @Test
  void a_clock_that_was_set_repairs_timestamps_and_triggers_at_once() {
    bean("backup-clock").answers("jumped", true);

    fire("backup-clock-watch");

    assertStory(
        "backup-clock.jumped",
        "backup-timestamp-repair.repair",
        "backup-schedule-triggers.align",
        "backup-schedule-triggers.signalSchedulingChange");
  }

  @Test
  void each_minute_does_the_same_for_what_other_processes_left() {
    fire("backup-clock-tick");

    assertStory("backup-timestamp-repair.repair", "backup-schedule-triggers.align");
  }

  @Test
  void triggers_stay_as_they_are_when_timestamps_can_not_be_repaired() {
    bean("backup-timestamp-repair").answers("repair", new QueryTimeoutException("no answer"));
    bean("backup-store-availability").answers("isStoreFailure", true);

    assertThat(fire("backup-clock-tick").getException()).isNull();

    assertStory("backup-timestamp-repair.repair", "backup-store-availability.isStoreFailure");
  }
}
