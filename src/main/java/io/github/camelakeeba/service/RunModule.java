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
import io.github.camelakeeba.integration.DownloadRequestReader;
import io.github.camelakeeba.integration.SiteQueryReader;
import io.github.camelakeeba.keep.ArchiveDelivery;
import io.github.camelakeeba.keep.ArchiveRetention;
import io.github.camelakeeba.run.store.RecoverySettings;
import io.github.camelakeeba.run.store.RunDeadline;
import io.github.camelakeeba.run.store.RunGuard;
import io.github.camelakeeba.run.store.RunRepository;
import io.github.camelakeeba.run.store.RunSite;
import io.github.camelakeeba.run.store.StopRequests;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.time.SteadyClock;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.http.base.cookie.ExchangeCookieHandler;

/** The beans of the routes of one backup, from its first call to its archive. */
final class RunModule {
  private static final int DOWNLOADS = 8; // files at once in this process

  private RunModule() {}

  /** Binds the beans; returns the one that commands share. The clock runs without jumps. */
  static FailureTranslator bind(
      CamelContext context,
      Configuration configuration,
      Database database,
      RunRepository store,
      RunGuard guard,
      StopRequests stops,
      Home home,
      RecoverySettings recovery,
      Timings timings,
      SteadyClock clock,
      Clock wallClock) {
    BeanBinder beans = new BeanBinder(context.getRegistry());
    Map<String, Site> sites = configuration.sites();
    context.addComponent(NoRetryHttp.SCHEME, NoRetryHttp.component());
    SiteHttpClients clients =
        new SiteHttpClients(sites.values(), configuration.limits().concurrent(), timings);
    clients.bind(context);
    CallFactory calls = beans.bind("akeeba-call-factory", new CallFactory(clients));
    beans.bind("akeeba-requests", new AkeebaRequests(sites, calls));
    beans.bind("akeeba-cookies", new ExchangeCookieHandler());
    beans.bind("akeeba-json", ResponseParser.envelopeFormat());
    beans.bind("akeeba-responses", new ResponseParser());
    FailureTranslator failures = beans.bind("akeeba-failures", new FailureTranslator(timings));
    ReadRetryPolicy reads =
        beans.bind(
            "akeeba-read-retries",
            new ReadRetryPolicy(failures, recovery::pauseAfter, guard::closed));
    beans.bind("akeeba-delay", new InterruptibleDelay());
    EndpointDetector detector = new EndpointDetector(reads);
    beans.bind(
        "akeeba-endpoint-cache",
        new EndpointCache(sites, database, new RunSite(sites, store), detector, wallClock));
    beans.bind("akeeba-deletion", new BackupDeletion());
    beans.bind("akeeba-profile-import", new ProfileImport());

    beans.bind("backup-site-queries", new SiteQueryReader(sites));
    beans.bind("backup-download-request-reader", new DownloadRequestReader(sites, home.folder()));
    beans.bind(
        "backup-archive-downloader",
        new ArchiveDownloader(failures, recovery::pauseAfter, guard::closed));
    beans.bind("backup-download-folder", new DownloadFolder());
    beans.bind(
        "backup-download-threads",
        context
            .getExecutorServiceManager()
            .newThreadPool(context, "backup-download", DOWNLOADS, DOWNLOADS));
    beans.bind("backup-archive-delivery", new ArchiveDelivery());
    Path archives = home.data().resolve("archives");
    beans.bind(
        "backup-archive-retention",
        new ArchiveRetention(sites, database, archives, store, guard, failures, clock));

    RunRetries retries = new RunRetries(sites, store, stops, recovery, clock);
    RunDeadline deadline = beans.bind("backup-run-deadline", new RunDeadline(sites, stops, clock));
    DescriptionTemplate descriptions = new DescriptionTemplate(wallClock);
    beans.bind(
        "backup-steps",
        new BackupSteps(sites, descriptions, store, failures, retries, deadline, clock));
    beans.bind("backup-preflight", new PreflightCheck(sites, store, timings, clock));
    beans.bind("backup-verifier", new BackupVerifier());
    ForeignBackupDetector foreignBackups =
        beans.bind("backup-foreign-backups", new ForeignBackupDetector(store, retries));
    beans.bind("backup-lost-responses", new LostResponseHandler(failures));
    beans.bind(
        "backup-step-recovery",
        new StepRecovery(sites, retries, foreignBackups, deadline, recovery, timings, clock));
    beans.bind("backup-start-recovery", new StartRecovery(recovery, clock));
    beans.bind("backup-archive-check", new ArchiveCheck(sites, database));
    return failures;
  }
}
