package io.github.camelakeeba.health;

import io.github.camelakeeba.watch.MissedFireDetector;
import java.util.function.Supplier;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;

/** The health check {@code scheduler}: up while Quartz is started and the schedules fire. */
public final class SchedulerHealthCheck extends BackupHealthCheck {
  private final Supplier<Scheduler> quartz;
  private final MissedFireDetector late;

  /** The scheduler is null before it is made; a schedule late by minutes shows that it hangs. */
  public SchedulerHealthCheck(Supplier<Scheduler> quartz, MissedFireDetector late) {
    super("scheduler");
    this.quartz = quartz;
    this.late = late;
  }

  @Override
  Finding inspect() {
    String reason = reason();
    return reason == null ? null : Finding.since(reason, null);
  }

  private String reason() {
    try {
      Scheduler scheduler = quartz.get();
      if (scheduler == null || scheduler.isShutdown()) {
        return "the scheduler is stopped";
      }
      if (scheduler.isInStandbyMode()) {
        return "the scheduler is in standby";
      }
    } catch (SchedulerException e) {
      return "the scheduler does not say how it is";
    }
    String site = late.mostOverdueSiteIfKnown();
    return site == null ? null : "the schedule of " + site + " does not fire";
  }
}
