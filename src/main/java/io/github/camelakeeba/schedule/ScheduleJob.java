package io.github.camelakeeba.schedule;

import io.github.camelakeeba.exchange.IsolatedExchanges;
import java.util.Map;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.TriggerKey;

/** The job of all schedules: the rest is the route's. Stored by its class name. */
final class ScheduleJob implements Job {
  private final IsolatedExchanges exchanges;

  ScheduleJob(IsolatedExchanges exchanges) {
    this.exchanges = exchanges;
  }

  @Override
  public void execute(JobExecutionContext job) throws JobExecutionException {
    // recovered: fired by a process that has died before it was done
    TriggerKey schedule =
        job.isRecovering() ? job.getRecoveringTriggerKey() : job.getTrigger().getKey();
    try {
      exchanges.deliver(
          "direct:backup-schedule",
          new ScheduleFire(schedule.getName(), job.getScheduledFireTime().toInstant()),
          Map.of());
    } catch (Exception e) {
      throw new JobExecutionException(e);
    }
  }
}
