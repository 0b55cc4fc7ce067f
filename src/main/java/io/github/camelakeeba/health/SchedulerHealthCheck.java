package io.github.camelakeeba.health;

import io.github.camelakeeba.watch.MissedFireDetector;
import java.util.function.Supplier;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;

/** The health check {@code scheduler}: up while Quartz is started and the schedules fire. */
public final class SchedulerHealthCheck extends ReasonedHealthCheck {
  private final Supplier<Scheduler> quartz;
  private final MissedFireDetector late;

  /**
   * Of this scheduler, null before it is made; a schedule that is late by minutes shows that it
   * hangs.
   */
  public SchedulerHealthCheck(Supplier<Scheduler> quartz, MissedFireDetector late) {
    super("scheduler");
    this.quartz = quartz;
    this.late = late;
  }

  @Override
  Finding inspect() {
    String stands = schedulerState(quartz.get());
    if (stands != null) {
      return new Finding(stands, null);
    }
    String site = late.mostOverdueSiteIfKnown();
    return site == null ? null : new Finding("the schedule of " + site + " does not fire", null);
  }

  private static String schedulerState(Scheduler scheduler) {
    try {
      if (scheduler == null || scheduler.isShutdown()) {
        return "the scheduler is stopped";
      }
      return scheduler.isInStandbyMode() ? "the scheduler is in standby" : null;
    } catch (SchedulerException e) {
      return "the scheduler does not say how it is";
    }
  }
}
