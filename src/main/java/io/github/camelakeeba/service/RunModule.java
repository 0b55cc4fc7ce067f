package io.github.camelakeeba.service;

import io.github.camelakeeba.akeeba.InterruptibleDelay;
import io.github.camelakeeba.akeeba.answer.ResponseParser;
import io.github.camelakeeba.akeeba.client.BackupDeletion;
import io.github.camelakeeba.akeeba.client.EndpointDetector;
import io.github.camelakeeba.akeeba.client.FailureTranslator;
import io.github.camelakeeba.akeeba.client.ProfileImport;
import io.github.camelakeeba.akeeba.http.CallFactory;
import io.github.camelakeeba.akeeba.http.NoRetryHttp;
import io.github.camelakeeba.akeeba.http.SiteHttpClients;
import io.github.camelakeeba.archive.ArchiveDownloader;
import io.github.camelakeeba.archive.DownloadFolder;
import io.github.camelakeeba.backup.AkeebaRequests;
import io.github.camelakeeba.backup.ArchiveShrinkCheck;
import io.github.camelakeeba.backup.ArchiveSignatureCheck;
import io.github.camelakeeba.backup.BackupSteps;
import io.github.camelakeeba.backup.BackupVerifier;
import io.github.camelakeeba.backup.DescriptionTemplate;
import io.github.camelakeeba.backup.EndpointCache;
import io.github.camelakeeba.backup.PreflightCheck;
import io.github.camelakeeba.backup.recovery.ForeignBackupDetector;
import io.github.camelakeeba.backup.recovery.LostResponseHandler;
import io.github.camelakeeba.backup.recovery.ReadRetryPolicy;
import io.github.camelakeeba.backup.recovery.RunRetries;
import io.github.camelakeeba.backup.recovery.StartRecovery;
import io.github.camelakeeba.backup.recovery.StepRecovery;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.keep.ArchiveDelivery;
import io.github.camelakeeba.keep.ArchiveFiles;
import io.github.camelakeeba.keep.ArchiveRetention;
import io.github.camelakeeba.keep.DownloadRequestReader;
import io.github.camelakeeba.run.store.RecoverySettings;
import io.github.camelakeeba.run.store.RunDeadline;
import io.github.camelakeeba.run.store.RunGuard;
import io.github.camelakeeba.run.store.RunRepository;
import io.github.camelakeeba.run.store.RunSite;
import io.github.camelakeeba.run.store.StopRequests;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.time.SteadyClock;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.http.base.cookie.ExchangeCookieHandler;

/** What the routes of one backup ask, from its first call to its archive. */
final class RunModule {
  /** Files that are fetched at once in this process. */
  private static final int DOWNLOADS = 8;

  private final Map<String, Object> beans = new LinkedHashMap<>();
  private final SiteHttpClients connections;
  private final FailureTranslator failures;

  /**
   * For these sites.
   *
   * @param home below which archives go
   * @param recovery how patient this process is
   * @param clock measures, without the jumps of the wall clock
   * @param wall tells the time of day
   */
  RunModule(
      Configuration configuration,
      Database database,
      RunRepository store,
      RunGuard gate,
      Home home,
      RecoverySettings recovery,
      Timings timings,
      SteadyClock clock,
      Clock wall) {
    Map<String, Site> sites = configuration.sites();
    ResponseParser parser = new ResponseParser();
    connections = new SiteHttpClients(sites.values(), configuration.limits().concurrent(), timings);
    failures = new FailureTranslator(timings);
    RunRetries retries =
        new RunRetries(sites, store, new StopRequests(database), failures, recovery, clock);
    RunDeadline maxDuration = new RunDeadline(sites, new StopRequests(database), clock);
    beans.put("backup-run-deadline", maxDuration);
    beans.put("akeeba-delay", new InterruptibleDelay());
    CallFactory calls = new CallFactory(connections);
    beans.put("akeeba-requests", new AkeebaRequests(sites, calls));
    beans.put(
        "backup-archive-downloader",
        new ArchiveDownloader(calls, parser, failures, recovery::pauseAfter, gate::closed));
    beans.put("backup-download-folder", new DownloadFolder());
    ArchiveDelivery handingOn = new ArchiveDelivery();
    beans.put("backup-archive-delivery", handingOn);
    beans.put("backup-archive-files", new ArchiveFiles(handingOn));
    beans.put(
        "backup-archive-retention",
        new ArchiveRetention(
            sites, database, home.data().resolve("archives"), store, gate, failures, clock));
    beans.put("backup-download-request-reader", new DownloadRequestReader(sites, home.folder()));
    beans.put("akeeba-deletion", new BackupDeletion(calls, parser, failures));
    beans.put("akeeba-profile-import", new ProfileImport(calls, parser));
    beans.put("akeeba-endpoint-cache", new EndpointCache(sites, database, parser, wall));
    beans.put("backup-run-site", new RunSite(sites, store));
    beans.put("akeeba-endpoint-detector", new EndpointDetector(parser, failures));
    beans.put("akeeba-cookies", new ExchangeCookieHandler());
    beans.put("backup-site-report", new SiteReport(parser));
    beans.put(
        "backup-steps",
        new BackupSteps(
            sites,
            new DescriptionTemplate(wall),
            parser,
            store,
            failures,
            retries,
            maxDuration,
            clock));
    beans.put("backup-preflight", new PreflightCheck(sites, parser, store, timings, clock));
    beans.put("backup-verifier", new BackupVerifier(parser));
    beans.put("backup-foreign-backups", new ForeignBackupDetector(parser, store, retries));
    beans.put("backup-lost-responses", new LostResponseHandler(failures));
    beans.put("backup-read-retry", new ReadRetryPolicy(failures, recovery, gate));
    beans.put(
        "backup-step-recovery",
        new StepRecovery(sites, parser, retries, maxDuration, recovery, timings, clock));
    beans.put("backup-start-recovery", new StartRecovery(parser, recovery, clock));
    beans.put("backup-run-retries", retries);
    beans.put("backup-archive-signature", new ArchiveSignatureCheck(parser));
    beans.put("backup-archive-shrink", new ArchiveShrinkCheck(sites, database));
  }

  void bind(CamelContext context) {
    beans.forEach(context.getRegistry()::bind);
    context.addComponent(NoRetryHttp.SCHEME, NoRetryHttp.component());
    context
        .getRegistry()
        .bind(
            "backup-download-threads",
            context
                .getExecutorServiceManager()
                .newThreadPool(this, "backup-download", DOWNLOADS, DOWNLOADS));
    connections.bind(context);
  }

  FailureTranslator failures() {
    return failures;
  }
}
