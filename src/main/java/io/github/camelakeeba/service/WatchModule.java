package io.github.camelakeeba.service;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.exchange.IsolatedExchanges;
import io.github.camelakeeba.inspection.GoneBackups;
import io.github.camelakeeba.inspection.Inspections;
import io.github.camelakeeba.notify.NotificationRouter;
import io.github.camelakeeba.outbox.Outbox;
import io.github.camelakeeba.run.BackupEventFactory;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.watch.LivenessProbe;
import io.github.camelakeeba.watch.Watchdog;
import java.time.Clock;
import java.util.concurrent.ExecutorService;

/** What looks after the sites while no run does: the watchdog, and the inspections. */
public record WatchModule(Watchdog watchdog, Inspections inspections) {
  static final String WATCHDOG = "backup-watchdog"; // finds sites without a good backup
  static final String LIVENESS = "backup-liveness"; // whether this service does its work
  static final String INSPECTIONS = "backup-inspections"; // which sites are inspected, and when
  static final String GONE_BACKUPS = "backup-gone-backups"; // reports a last good one that is gone

  static WatchModule bind(
      BeanBinder beans,
      Configuration configuration,
      ScheduleCalculator schedules,
      Database database,
      Outbox outbox,
      BackupEventFactory events,
      NotificationRouter rules,
      IsolatedExchanges exchanges,
      ExecutorService threads,
      Timings timings,
      Clock clock) {
    Watchdog watchdog =
        beans.bind(
            WATCHDOG,
            new Watchdog(configuration, schedules, database, outbox, events, rules, clock));
    beans.bind(LIVENESS, new LivenessProbe(configuration, database, outbox, watchdog, clock));
    beans.bind(
        GONE_BACKUPS, new GoneBackups(configuration, database, events, rules, outbox, clock));
    Inspections inspections =
        beans.bind(
            INSPECTIONS,
            new Inspections(configuration, database, exchanges, threads, timings, clock));
    return new WatchModule(watchdog, inspections);
  }

  /** From now on the sites that are enabled there are looked after, and no others. */
  void follow(Configuration next) {
    watchdog.watch(next);
    inspections.follow(next);
  }

  /** At the start. */
  void start() {
    watchdog.start();
    inspections.start();
  }
}
