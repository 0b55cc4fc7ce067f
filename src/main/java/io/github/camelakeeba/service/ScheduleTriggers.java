package io.github.camelakeeba.service;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.run.RequestReader;
import io.github.camelakeeba.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.CamelJob;
import org.apache.camel.component.quartz.QuartzConstants;
import org.quartz.CronTrigger;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.quartz.spi.OperableTrigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets Quartz fire no later than {@link ScheduleCalculator} says. It would where daylight saving
 * leaves a local time out, and after the clock was ahead.
 */
public final class ScheduleTriggers {
  /** Quartz's group of triggers that fire once; the trigger's name is the site's. */
  private static final String ONCE_GROUP = "backup-once";

  private static final String SELECT_NEXT_FIRES =
      """
      select trigger_name, next_fire_time from qrtz_triggers
      where sched_name = ? and trigger_group in (?, ?) and next_fire_time > 0""";

  private static final Logger LOG = LoggerFactory.getLogger(ScheduleTriggers.class);

  private final CamelContext context;
  private final Configuration configuration;
  private final ScheduleCalculator schedules;
  private final Database database;
  private final Clock clock;
  private Scheduler quartz;

  ScheduleTriggers(
      CamelContext context,
      Configuration configuration,
      ScheduleCalculator schedules,
      Database database,
      Clock clock) {
    this.context = context;
    this.configuration = configuration;
    this.schedules = schedules;
    this.database = database;
    this.clock = clock;
  }

  /** Before, and without a scheduler, there are no triggers. */
  synchronized void attach(Scheduler scheduler) {
    quartz = scheduler;
  }

  boolean hasFutureFires(Site site) {
    return site != null
        && site.enabled()
        && site.schedule() != null
        && schedules.next(site, clock.instant()) != null;
  }

  void reconcile() throws SchedulerException {
    for (String group : new String[] {ScheduleRoutes.GROUP, ONCE_GROUP}) {
      for (TriggerKey key : quartz.getTriggerKeys(GroupMatcher.triggerGroupEquals(group))) {
        Trigger trigger = quartz.getTrigger(key);
        if (trigger == null) {
          continue; // another node that starts at this moment has just deleted it
        }
        if (!current(trigger, configuration.sites().get(key.getName()))) {
          LOG.info("the schedule of {} was removed or has changed", key.getName());
          quartz.deleteJob(trigger.getJobKey());
        }
      }
    }
    // Camel pauses a trigger in the store when its route stops, but a new process does not resume
    // it: without this a schedule never fires again after a restart
    quartz.resumeTriggers(GroupMatcher.triggerGroupEquals(ScheduleRoutes.GROUP));
  }

  private boolean current(Trigger trigger, Site site) {
    if (!hasFutureFires(site)) {
      return false;
    }
    return trigger instanceof CronTrigger cron
        ? cron.getCronExpression().equals(site.schedule())
            && cron.getTimeZone().getID().equals(site.zone().getId())
            && cron.getMisfireInstruction() == CronTrigger.MISFIRE_INSTRUCTION_FIRE_ONCE_NOW
        : trigger.getKey().getGroup().equals(ONCE_GROUP)
            && description(site).equals(trigger.getDescription());
  }

  private static String description(Site site) {
    return site.schedule() + " " + site.zone();
  }

  /** Brings all triggers that would fire too late to their time. */
  public synchronized void align() throws SchedulerException {
    align(configuration.sites().values(), "");
  }

  /** The same for one site, after it fired. */
  public synchronized void fired(String name) throws SchedulerException {
    align(List.of(configuration.sites().get(name)), " and trigger_name = ?", name);
  }

  private void align(Collection<Site> sites, String condition, Object... names)
      throws SchedulerException {
    if (quartz == null) {
      return;
    }
    Instant now = clock.instant();
    Map<String, Long> stored = new HashMap<>();
    database
        .jdbc()
        .query(
            SELECT_NEXT_FIRES + condition,
            row -> {
              stored.merge(row.getString(1), row.getLong(2), Math::min);
            },
            Stream.concat(
                    Stream.of(ScheduleRoutes.NAME, ScheduleRoutes.GROUP, ONCE_GROUP),
                    Stream.of(names))
                .toArray());
    for (Site site : sites) {
      align(site, stored.get(site.name()), now);
    }
  }

  private void align(Site site, Long stored, Instant now) throws SchedulerException {
    Instant next = site.enabled() ? schedules.next(site, now) : null;
    if (next == null || stored != null && (stored <= next.toEpochMilli() || hasFired(site, next))) {
      return;
    }
    TriggerKey key = new TriggerKey(site.name(), ScheduleRoutes.GROUP);
    Date current = stored == null ? null : new Date(stored);
    Date first =
        quartz.getTrigger(key) instanceof CronTrigger cron ? firstFireTime(cron, now) : null;
    if (first != null && (current == null || first.before(current))) {
      quartz.rescheduleJob(key, from(quartz.getTrigger(key), now));
    }
    if (first == null || first.toInstant().isAfter(next)) {
      scheduleOnce(site, next);
    }
    LOG.info("the next backup of {} is due {}", site.name(), next);
  }

  /** Another node may have fired it, by a clock that is ahead of ours. */
  private boolean hasFired(Site site, Instant fire) {
    return database.count("request where id = ?", RequestReader.fireId(site.name(), fire)) > 0;
  }

  private static Trigger from(Trigger trigger, Instant now) {
    return trigger.getTriggerBuilder().startAt(Date.from(now)).build();
  }

  /** When Quartz would fire if it saw the schedule for the first time; null: never. */
  private static Date firstFireTime(CronTrigger cron, Instant now) {
    return ((OperableTrigger) from(cron, now)).computeFirstFireTime(null);
  }

  /** At this time, beside the trigger that fires by the schedule. */
  private void scheduleOnce(Site site, Instant at) throws SchedulerException {
    JobKey job = new JobKey(site.name(), ScheduleRoutes.GROUP);
    TriggerKey key = new TriggerKey(site.name(), ONCE_GROUP);
    Trigger trigger =
        TriggerBuilder.newTrigger()
            .withIdentity(key)
            .withDescription(description(site))
            .forJob(job)
            .startAt(Date.from(at))
            .withSchedule(
                SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
            .build();
    if (quartz.rescheduleJob(key, trigger) != null) {
      return;
    }
    try {
      if (quartz.checkExists(job)) {
        quartz.scheduleJob(trigger);
      } else {
        quartz.scheduleJob(job(job), trigger);
      }
    } catch (ObjectAlreadyExistsException e) { // another node has made it, or its job, meanwhile
      if (quartz.rescheduleJob(key, trigger) == null) {
        quartz.scheduleJob(trigger);
      }
    }
  }

  /** As Camel makes it; of a schedule that by Quartz's reckoning never fires. */
  private JobDetail job(JobKey key) {
    return JobBuilder.newJob(CamelJob.class)
        .withIdentity(key)
        .requestRecovery()
        .usingJobData(QuartzConstants.QUARTZ_CAMEL_CONTEXT_NAME, context.getManagementName())
        .build();
  }

  /** Lets Quartz read the clock again: it may wait for a time by a clock that was wrong. */
  public synchronized void signalSchedulingChange() throws SchedulerException {
    if (quartz != null && quartz.isStarted() && !quartz.isInStandbyMode()) {
      quartz.standby();
      quartz.start();
    }
  }

  /** No more fires: one whose route has stopped would be lost. */
  synchronized void standBy() throws SchedulerException {
    if (quartz != null && !quartz.isShutdown()) {
      quartz.standby();
    }
    quartz = null;
  }
}
