package io.github.camelakeeba.schedule;

import io.github.camelakeeba.config.Schedule;
import java.time.Instant;
import java.util.Date;
import org.quartz.CronTrigger;
import org.quartz.JobKey;
import org.quartz.ScheduleBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.triggers.CronTriggerImpl;
import org.quartz.spi.MutableTrigger;

/**
 * Fires when {@link io.github.camelakeeba.config.FireTimes} says: Quartz's own cron trigger leaves
 * out what daylight saving skips.
 */
final class ScheduleTrigger extends CronTriggerImpl {
  private final String cron;
  private final transient Schedule schedule;

  private ScheduleTrigger(Schedule schedule) {
    this.schedule = schedule;
    this.cron = schedule.cron();
    setMisfireInstruction(MISFIRE_INSTRUCTION_FIRE_ONCE_NOW);
  }

  /** One that fires at this time, and from then on; it is named as its schedule. */
  static ScheduleTrigger from(Instant fire, Schedule schedule, String group, JobKey job) {
    ScheduleTrigger trigger = new ScheduleTrigger(schedule);
    trigger.setKey(new TriggerKey(schedule.name(), group));
    trigger.setJobKey(job);
    trigger.setStartTime(Date.from(fire));
    return trigger;
  }

  static ScheduleBuilder<CronTrigger> builder(Schedule schedule) {
    return new ScheduleBuilder<>() {
      @Override
      protected MutableTrigger build() {
        return new ScheduleTrigger(schedule);
      }
    };
  }

  Schedule schedule() {
    return schedule;
  }

  @Override
  public String getCronExpression() {
    return cron;
  }

  @Override
  protected Date getTimeAfter(Date time) {
    Instant fire = schedule.fireTimes().after(time.toInstant());
    return fire == null ? null : Date.from(fire);
  }

  @Override
  public ScheduleBuilder<CronTrigger> getScheduleBuilder() {
    return builder(schedule);
  }

  /** Quartz would store it as a cron trigger of its own. */
  @Override
  public boolean hasAdditionalProperties() {
    return true;
  }
}
