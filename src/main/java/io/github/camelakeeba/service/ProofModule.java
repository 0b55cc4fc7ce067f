package io.github.camelakeeba.service;

import io.github.camelakeeba.akeeba.client.FailureTranslator;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.live.CurrentConfiguration;
import io.github.camelakeeba.event.EventSource;
import io.github.camelakeeba.exchange.IsolatedExchanges;
import io.github.camelakeeba.keep.ArchiveLocator;
import io.github.camelakeeba.notify.NotificationRouter;
import io.github.camelakeeba.outbox.Outbox;
import io.github.camelakeeba.pause.SitePauses;
import io.github.camelakeeba.proof.ArchiveSearch;
import io.github.camelakeeba.proof.DatabaseRestore;
import io.github.camelakeeba.proof.ExpectedDumps;
import io.github.camelakeeba.proof.ProofCompletion;
import io.github.camelakeeba.proof.ProofEvents;
import io.github.camelakeeba.proof.ProofLauncher;
import io.github.camelakeeba.proof.ProofQueue;
import io.github.camelakeeba.proof.ProofRequests;
import io.github.camelakeeba.proof.ProofSchedule;
import io.github.camelakeeba.proof.ProofTrial;
import io.github.camelakeeba.proof.ProofWatch;
import io.github.camelakeeba.proof.RestoreTester;
import io.github.camelakeeba.restore.RestoreTest;
import io.github.camelakeeba.run.store.ClaimPolicy;
import io.github.camelakeeba.run.store.NodeHeartbeat;
import io.github.camelakeeba.run.store.RunGuard;
import io.github.camelakeeba.store.Database;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** The beans of the routes that restore backups to test them; holds those that users ask. */
public record ProofModule(
    ProofRequests requests, DatabaseRestore restore, Map<String, Site> sites) {
  static final String SCHEDULE = "backup-proof-schedule"; // when a restore test is due
  static final String QUEUE = "backup-proof-queue"; // those that wait, and those of this node
  static final String LAUNCHER = "backup-proof-launcher"; // starts a thread for each claimed one
  static final String TRIAL = "backup-proof-trial"; // makes one, or says why it can't be made
  static final String COMPLETION = "backup-proof-completion"; // writes what it proved
  static final String WATCH = "backup-proof-watch"; // sites that none has proved for too long
  static final String TESTER = "backup-restore-tester"; // restores an archive, and counts

  /** Where the tests are made, and by whom. */
  record Parts(
      CamelContext context,
      Home home,
      CurrentConfiguration current,
      Database database,
      EventSource source,
      String node,
      NodeHeartbeat heartbeat,
      ClaimPolicy policy) {}

  static ProofModule bind(
      Parts parts,
      NotificationRouter rules,
      Outbox outbox,
      RunGuard guard,
      IsolatedExchanges exchanges,
      ExecutorService threads,
      FailureTranslator failures,
      Clock clock) {
    Registry registry = parts.context().getRegistry();
    BeanBinder beans = new BeanBinder(registry);
    Database database = parts.database();
    Configuration configuration = parts.current().live();
    Map<String, Site> sites = configuration.sites();
    SitePauses pauses = new SitePauses(database, clock);
    ProofEvents events = new ProofEvents(parts.source(), parts.node(), rules, outbox);
    beans.bind(SCHEDULE, new ProofSchedule(configuration, database, pauses, clock));
    ProofQueue queue =
        beans.bind(
            QUEUE,
            new ProofQueue(
                sites,
                () -> parts.current().get().limits(),
                database,
                parts.heartbeat().node(),
                parts.policy(),
                guard,
                System::nanoTime,
                clock));
    beans.bind(LAUNCHER, new ProofLauncher(exchanges, threads, queue));
    DatabaseRestore restore =
        beans.bind(
            TESTER,
            new DatabaseRestore(
                new RestoreTest(parts.home().data().resolve("restore"), RestoreTest.LONGEST),
                new ExpectedDumps(database)::of));
    beans.bind(
        TRIAL,
        new ProofTrial(
            sites,
            queue,
            failures,
            () -> registry.lookupByNameAndType(TESTER, RestoreTester.class)));
    beans.bind(COMPLETION, new ProofCompletion(sites, database, events, parts.node(), clock));
    beans.bind(
        WATCH, new ProofWatch(configuration, database, pauses, events, rules, outbox, clock));
    ArchiveSearch archives =
        new ArchiveSearch(
            (site, id) ->
                registry
                    .lookupByNameAndType(RunModule.ARCHIVE_LOCATOR, ArchiveLocator.class)
                    .find(site, id),
            threads);
    return new ProofModule(
        new ProofRequests(sites, database, queue, archives, clock), restore, sites);
  }

  /** At the start: what killed tests have left on database servers, which may be away. */
  void removeLeftovers() {
    restore.removeLeftovers(sites.values());
  }
}
