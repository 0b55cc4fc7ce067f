package io.github.camelakeeba.schedule;

import io.github.camelakeeba.config.Schedule;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.run.RequestReader;
import io.github.camelakeeba.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees that Quartz has one trigger for each schedule that fires again, and no other, and that none
 * fires later than {@link ScheduleCalculator} says, as after the clock was ahead.
 */
public final class ScheduleTriggers {
  /** Quartz's group of all our triggers; a trigger's name is that of its schedule. */
  static final String GROUP = "backup";

  private static final JobKey JOB = new JobKey("schedule", GROUP);
  private static final int MAX_BATCH = 500; // of triggers in memory, and in one transaction

  /** What a trigger does not leave by itself: paused, blocked by a class that was not found. */
  private static final Set<String> STUCK = Set.of("PAUSED", "PAUSED_BLOCKED", "ERROR", "COMPLETE");

  private static final Logger LOG = LoggerFactory.getLogger(ScheduleTriggers.class);

  private final ScheduledSites sites;
  private final ScheduleCalculator schedules;
  private final Database database;
  private final Clock clock;
  private Scheduler quartz;

  private record Stored(Instant next, boolean stuck) {}

  public ScheduleTriggers(
      ScheduledSites sites, ScheduleCalculator schedules, Database database, Clock clock) {
    this.sites = sites;
    this.schedules = schedules;
    this.database = database;
    this.clock = clock;
  }

  /** Before, and without a scheduler, there are no triggers. */
  public synchronized void attach(Scheduler scheduler) {
    quartz = scheduler;
  }

  /** At the start: what the configuration has changed is changed in the store. */
  synchronized void reconcile() throws SchedulerException {
    sites.enter();
    reconcileTriggers();
    align(stored(), sites.earlierFires());
    sites.forgetEarlierFires();
  }

  /** After a reload, whose sites have been entered: a trigger that stays is not touched. */
  public synchronized void follow() throws SchedulerException {
    if (quartz != null) {
      reconcileTriggers();
      align(stored(), Map.of());
    }
  }

  private void reconcileTriggers() throws SchedulerException {
    Map<String, Stored> stored = stored();
    List<TriggerKey> gone = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Instant now = clock.instant();
    sites
        .bySchedule()
        .forEach(
            (schedule, having) -> {
              names.add(schedule.name());
              if (schedules.next(schedule, now) == null) {
                having.forEach(
                    site -> LOG.warn("sites.{}.schedule: never fires again", site.name()));
              }
            });
    for (String name : stored.keySet()) {
      if (!names.contains(name)) {
        LOG.info("the schedule {} has no site any more", name);
        gone.add(new TriggerKey(name, GROUP));
      }
    }
    quartz.unscheduleJobs(gone);
  }

  /** Brings all triggers that are missing, or would fire too late, to their time. */
  public synchronized void align() throws SchedulerException {
    if (quartz != null) {
      align(stored(), Map.of());
    }
  }

  /** The fires in the second map have passed, or come first. */
  private void align(Map<String, Stored> stored, Map<String, Instant> earlier)
      throws SchedulerException {
    Instant now = clock.instant();
    Set<ScheduleTrigger> late = new HashSet<>();
    for (Map.Entry<Schedule, List<Site>> entry : sites.bySchedule().entrySet()) {
      Schedule schedule = entry.getKey();
      Instant next = schedules.next(schedule, now);
      if (next == null) {
        continue;
      }
      Stored known = stored.get(schedule.name());
      Instant first = known == null ? earlier.get(schedule.name()) : known.next;
      boolean putOff = first != null && first.isAfter(next);
      if (known == null || known.stuck || putOff && !haveFired(entry.getValue(), next)) {
        Instant fire = first == null || putOff ? next : schedules.scheduledFire(schedule, first);
        late.add(ScheduleTrigger.from(fire, schedule, GROUP, JOB));
        if (known != null) {
          LOG.info("the schedule {} is due {}, not {}", schedule.name(), fire, first);
        }
      }
      if (late.size() == MAX_BATCH) {
        store(late);
      }
    }
    store(late);
  }

  private void store(Set<ScheduleTrigger> triggers) throws SchedulerException {
    if (!triggers.isEmpty()) {
      JobDetail job =
          JobBuilder.newJob(ScheduleJob.class)
              .withIdentity(JOB)
              .storeDurably()
              .requestRecovery()
              .build();
      // another node may store the same at this moment
      quartz.scheduleJobs(Map.of(job, triggers), true);
      triggers.clear();
    }
  }

  private Map<String, Stored> stored() {
    Map<String, Stored> stored = new HashMap<>();
    database
        .jdbc()
        .query(
            """
            select trigger_name, next_fire_time, trigger_state from qrtz_triggers
            where sched_name = ? and trigger_group = ? and next_fire_time > 0""",
            row -> {
              stored.put(
                  row.getString(1),
                  new Stored(
                      Instant.ofEpochMilli(row.getLong(2)), STUCK.contains(row.getString(3))));
            },
            BackupScheduler.NAME,
            GROUP);
    return stored;
  }

  /** Another node may have fired it, by a clock that is ahead of ours. */
  private boolean haveFired(List<Site> having, Instant fire) {
    String[] ids =
        having.stream().map(site -> RequestReader.fireId(site.name(), fire)).toArray(String[]::new);
    return ids.length > 0 // a report that is due once more goes only once
        && database.count(
                "request r join unnest(cast(? as varchar(200) array)) as f (id) on r.id = f.id",
                (Object) ids)
            == ids.length;
  }

  /** Lets Quartz read the clock again: it may wait for a time by a clock that was wrong. */
  public synchronized void signalSchedulingChange() throws SchedulerException {
    if (quartz != null && quartz.isStarted() && !quartz.isInStandbyMode()) {
      quartz.standby();
      quartz.start();
    }
  }

  /** No more fires: one whose route has stopped would be lost. */
  public synchronized void standBy() throws SchedulerException {
    if (quartz != null && !quartz.isShutdown()) {
      quartz.standby();
    }
    quartz = null;
  }
}
