package io.github.camelakeeba.service;

import io.github.camelakeeba.akeeba.client.FailureTranslator;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.live.CurrentConfiguration;
import io.github.camelakeeba.event.EventSource;
import io.github.camelakeeba.exchange.IsolatedExchanges;
import io.github.camelakeeba.notify.NotificationRouter;
import io.github.camelakeeba.outbox.Outbox;
import io.github.camelakeeba.pause.SitePauses;
import io.github.camelakeeba.proof.ProofCompletion;
import io.github.camelakeeba.proof.ProofEvents;
import io.github.camelakeeba.proof.ProofLauncher;
import io.github.camelakeeba.proof.ProofQueue;
import io.github.camelakeeba.proof.ProofRequests;
import io.github.camelakeeba.proof.ProofSchedule;
import io.github.camelakeeba.proof.ProofTrial;
import io.github.camelakeeba.proof.ProofWatch;
import io.github.camelakeeba.proof.RestoreTester;
import io.github.camelakeeba.run.store.ClaimPolicy;
import io.github.camelakeeba.run.store.RunGuard;
import io.github.camelakeeba.store.Database;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;

/** The beans of the routes that restore backups to test them. */
final class ProofModule {
  static final String SCHEDULE = "backup-proof-schedule"; // when a restore test is due
  static final String QUEUE = "backup-proof-queue"; // those that wait, and those of this node
  static final String LAUNCHER = "backup-proof-launcher"; // starts a thread for each claimed one
  static final String TRIAL = "backup-proof-trial"; // makes one, or says why it can't be made
  static final String COMPLETION = "backup-proof-completion"; // writes what it proved
  static final String WATCH = "backup-proof-watch"; // sites that none has proved for too long
  static final String TESTER = "backup-restore-tester"; // restores an archive, and counts

  private ProofModule() {}

  /** Binds the beans; returns the one that answers users. */
  static ProofRequests bind(
      CamelContext context,
      CurrentConfiguration current,
      Database database,
      EventSource source,
      String node,
      String owner,
      ClaimPolicy policy,
      NotificationRouter rules,
      Outbox outbox,
      RunGuard guard,
      IsolatedExchanges exchanges,
      ExecutorService threads,
      FailureTranslator failures,
      RestoreTester tester,
      Clock clock) {
    BeanBinder beans = new BeanBinder(context.getRegistry());
    Configuration configuration = current.live();
    SitePauses pauses = new SitePauses(database, clock);
    ProofEvents events = new ProofEvents(source, node, rules, outbox);
    beans.bind(SCHEDULE, new ProofSchedule(configuration, database, pauses, clock));
    ProofQueue queue =
        beans.bind(
            QUEUE,
            new ProofQueue(
                configuration.sites(),
                () -> current.get().limits(),
                database,
                owner,
                policy,
                guard,
                System::nanoTime,
                clock));
    beans.bind(LAUNCHER, new ProofLauncher(exchanges, threads, queue));
    beans.bind(TESTER, tester);
    beans.bind(
        TRIAL,
        new ProofTrial(
            configuration.sites(),
            queue,
            failures,
            () -> context.getRegistry().lookupByNameAndType(TESTER, RestoreTester.class)));
    beans.bind(
        COMPLETION, new ProofCompletion(configuration.sites(), database, events, node, clock));
    beans.bind(
        WATCH, new ProofWatch(configuration, database, pauses, events, rules, outbox, clock));
    return new ProofRequests(configuration.sites(), database, queue, clock);
  }
}
