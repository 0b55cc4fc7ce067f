package io.github.camelakeeba.run;

import java.util.function.Supplier;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;

/** The health check {@code scheduler}: up while Quartz is started and the schedules fire. */
public final class SchedulerCheck extends ToldCheck {
  private final Supplier<Scheduler> quartz;
  private final LateSchedules late;

  /**
   * Of this scheduler, null before it is made; a schedule that is late by minutes shows that it
   * hangs.
   */
  public SchedulerCheck(Supplier<Scheduler> quartz, LateSchedules late) {
    super("scheduler");
    this.quartz = quartz;
    this.late = late;
  }

  @Override
  Trouble look() {
    String stands = stands(quartz.get());
    if (stands != null) {
      return new Trouble(stands, null);
    }
    String site = late.known();
    return site == null ? null : new Trouble("the schedule of " + site + " does not fire", null);
  }

  private static String stands(Scheduler scheduler) {
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
