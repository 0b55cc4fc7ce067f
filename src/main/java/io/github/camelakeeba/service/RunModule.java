package io.github.camelakeeba.service;

import io.github.camelakeeba.akeeba.InterruptibleDelay;
import io.github.camelakeeba.akeeba.answer.ResponseParser;
import io.github.camelakeeba.akeeba.client.BackupDeletion;
import io.github.camelakeeba.akeeba.client.EndpointDetector;
import io.github.camelakeeba.akeeba.client.FailureTranslator;
import io.github.camelakeeba.akeeba.client.ProfileImport;
import io.github.camelakeeba.akeeba.client.ReadRetryPolicy;
import io.github.camelakeeba.akeeba.http.CallFactory;
import io.github.camelakeeba.akeeba.http.NoRetryHttp;
import io.github.camelakeeba.akeeba.http.SiteHttpClients;
import io.github.camelakeeba.archive.ArchiveDownloader;
import io.github.camelakeeba.archive.DownloadFolder;
import io.github.camelakeeba.backup.AkeebaRequests;
import io.github.camelakeeba.backup.ArchiveCheck;
import io.github.camelakeeba.backup.BackupSteps;
import io.github.camelakeeba.backup.BackupVerifier;
import io.github.camelakeeba.backup.DescriptionTemplate;
import io.github.camelakeeba.backup.EndpointCache;
import io.github.camelakeeba.backup.PreflightCheck;
import io.github.camelakeeba.backup.recovery.ForeignBackupDetector;
import io.github.camelakeeba.backup.recovery.LostResponseHandler;
import io.github.camelakeeba.backup.recovery.RunRetries;
import io.github.camelakeeba.backup.recovery.StartRecovery;
import io.github.camelakeeba.backup.recovery.StepRecovery;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.integration.SiteQueryReader;
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
    failures = new FailureTranslator(timings);
    connections = new SiteHttpClients(sites.values(), configuration.limits().concurrent(), timings);
    ReadRetryPolicy reads = new ReadRetryPolicy(failures, recovery::pauseAfter, gate::closed);
    RunSite runSite = new RunSite(sites, store);
    EndpointDetector judge = new EndpointDetector(reads);
    beans.put("akeeba-requests", new AkeebaRequests(sites));
    beans.put("akeeba-call-factory", new CallFactory(connections));
    beans.put("akeeba-cookies", new ExchangeCookieHandler());
    beans.put("akeeba-json", ResponseParser.envelopeFormat());
    beans.put("akeeba-responses", new ResponseParser());
    beans.put("akeeba-failures", failures);
    beans.put("akeeba-read-retries", reads);
    beans.put("akeeba-delay", new InterruptibleDelay());
    beans.put("akeeba-endpoint-cache", new EndpointCache(sites, database, runSite, judge, wall));
    beans.put("akeeba-endpoint-detector", judge);
    beans.put("akeeba-deletion", new BackupDeletion());
    beans.put("akeeba-profile-import", new ProfileImport());
    StopRequests stops = new StopRequests(database);
    RunRetries retries = new RunRetries(sites, store, stops, recovery, clock);
    RunDeadline maxDuration = new RunDeadline(sites, new StopRequests(database), clock);
    beans.put("backup-run-deadline", maxDuration);
    beans.put(
        "backup-archive-downloader",
        new ArchiveDownloader(failures, recovery::pauseAfter, gate::closed));
    beans.put("backup-download-folder", new DownloadFolder());
    ArchiveDelivery handingOn = new ArchiveDelivery();
    beans.put("backup-archive-delivery", handingOn);
    beans.put("backup-archive-files", new ArchiveFiles(handingOn));
    beans.put(
        "backup-archive-retention",
        new ArchiveRetention(
            sites, database, home.data().resolve("archives"), store, gate, failures, clock));
    beans.put("backup-site-queries", new SiteQueryReader(sites));
    beans.put("backup-download-request-reader", new DownloadRequestReader(sites, home.folder()));
    beans.put(
        "backup-steps",
        new BackupSteps(
            sites, new DescriptionTemplate(wall), store, failures, retries, maxDuration, clock));
    beans.put("backup-preflight", new PreflightCheck(sites, store, timings, clock));
    beans.put("backup-verifier", new BackupVerifier());
    beans.put("backup-foreign-backups", new ForeignBackupDetector(store, retries));
    beans.put("backup-lost-responses", new LostResponseHandler(failures));
    beans.put(
        "backup-step-recovery",
        new StepRecovery(sites, retries, maxDuration, recovery, timings, clock));
    beans.put("backup-start-recovery", new StartRecovery(recovery, clock));
    beans.put("backup-archive-check", new ArchiveCheck(sites, database));
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
