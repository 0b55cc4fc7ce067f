package io.github.camelakeeba.service;

import io.github.camelakeeba.akeeba.InterruptibleDelay;
import io.github.camelakeeba.akeeba.OperationInput;
import io.github.camelakeeba.akeeba.SiteQuery;
import io.github.camelakeeba.akeeba.answer.EnvelopeFormat;
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
import io.github.camelakeeba.backup.RouteValues;
import io.github.camelakeeba.backup.recovery.ForeignBackupDetector;
import io.github.camelakeeba.backup.recovery.LostResponseHandler;
import io.github.camelakeeba.backup.recovery.RunRetries;
import io.github.camelakeeba.backup.recovery.StartRecovery;
import io.github.camelakeeba.backup.recovery.StepRecovery;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.config.live.CurrentConfiguration;
import io.github.camelakeeba.integration.DownloadRequestReader;
import io.github.camelakeeba.integration.ExtractRequests;
import io.github.camelakeeba.integration.SiteQueryReader;
import io.github.camelakeeba.keep.ArchiveComparison;
import io.github.camelakeeba.keep.ArchiveDelivery;
import io.github.camelakeeba.keep.ArchiveLocator;
import io.github.camelakeeba.keep.ArchiveRetention;
import io.github.camelakeeba.run.SitesInFlight;
import io.github.camelakeeba.run.store.ActiveRuns;
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
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.http.base.cookie.ExchangeCookieHandler;

/** The beans of the routes of one backup, from its first call to its archive. */
final class RunModule {
  static final String REQUESTS = "akeeba-requests"; // the call of each operation
  static final String CALL_FACTORY = "akeeba-call-factory"; // makes calls, reads their responses
  static final String COOKIES = "akeeba-cookies"; // those of one exchange
  static final String UNANSWERED = "akeeba-unanswered"; // whether a call is still to be sent
  static final String NEXT_ENDPOINT = "akeeba-next-endpoint"; // where the next call goes
  static final String SITE_CLOCK = "akeeba-site-clock"; // the site's clock at its answer
  static final String JSON = "akeeba-json"; // unmarshals the envelope of a response
  static final String RESPONSES = "akeeba-responses"; // the typed result of each operation
  static final String FAILURES = "akeeba-failures"; // what an exception of a call means
  static final String READ_RETRIES = "akeeba-read-retries"; // when a read is sent again
  static final String DELAY = "akeeba-delay"; // waits, unless the run is stopped
  static final String ENDPOINT_CACHE = "akeeba-endpoint-cache"; // where the API of a site is
  static final String DELETION = "akeeba-deletion"; // deletes a backup, or its files
  static final String PROFILE_IMPORT = "akeeba-profile-import"; // imports a profile, and compares
  static final String RUN_DEADLINE = "backup-run-deadline"; // whether a run has time left
  static final String ARCHIVE_DOWNLOADER = "backup-archive-downloader"; // downloads an archive
  static final String DOWNLOAD_FOLDER = "backup-download-folder"; // the local files of a download
  static final String DOWNLOAD_THREADS = "backup-download-threads"; // download the files
  static final String ARCHIVE_DELIVERY = "backup-archive-delivery"; // copies archives elsewhere
  static final String ARCHIVE_COMPARISON = "backup-archive-comparison"; // with the last good one
  static final String ARCHIVE_RETENTION = "backup-archive-retention"; // what is deleted when
  static final String ARCHIVE_LOCATOR = "backup-archive-locator"; // where an archive can be read
  static final String SITE_QUERIES = "backup-site-queries"; // reads queries of other routes
  static final String DOWNLOAD_REQUESTS = "backup-download-request-reader"; // and their downloads
  static final String EXTRACT_REQUESTS = "backup-extract-requests"; // and what they extract
  static final String RUNNING = "backup-running"; // whether the run goes on before it is verified
  static final String STEPPING = "backup-stepping"; // whether the run's next call is a step
  static final String STEPS = "backup-steps"; // what a run sends, and what the response means
  static final String PREFLIGHT = "backup-preflight"; // whether a backup may start
  static final String VERIFIER = "backup-verifier"; // whether the record is that of a good backup
  static final String FOREIGN_BACKUPS = "backup-foreign-backups"; // another client's backup
  static final String LOST_RESPONSES = "backup-lost-responses"; // a call without response
  static final String STEP_RECOVERY = "backup-step-recovery"; // whether a lost step was executed
  static final String START_RECOVERY = "backup-start-recovery"; // whether a lost start was
  static final String ARCHIVE_CHECK = "backup-archive-check"; // the first bytes, and the size
  private static final int DOWNLOADS = 8; // files at once in this process

  private RunModule() {}

  /** Binds the beans; returns the one that commands share. The clock runs without jumps. */
  static FailureTranslator bind(
      CamelContext context,
      CurrentConfiguration configuration,
      SitesInFlight inFlight,
      ReloadModule reloads,
      Database database,
      RunRepository store,
      RunGuard guard,
      ActiveRuns activeRuns,
      StopRequests stops,
      Home home,
      RecoverySettings recovery,
      Timings timings,
      SteadyClock clock,
      Clock wallClock) {
    BeanBinder beans = new BeanBinder(context.getRegistry());
    Map<String, Site> configured = configuration.live().sites();
    Map<String, Site> sites = inFlight.ofRuns();
    // a question that is asked beside a run goes by what is configured now
    Function<OperationInput, Site> asked =
        input -> (input instanceof SiteQuery ? configured : sites).get(input.siteName());
    Configuration first = configuration.get();
    context.addComponent(NoRetryHttp.SCHEME, NoRetryHttp.component());
    SiteHttpClients clients =
        new SiteHttpClients(first.sites().values(), first.limits().concurrent(), timings);
    reloads.check(next -> SiteHttpClients.checkCertificates(next.sites().values()));
    reloads.before(
        (before, next) -> clients.follow(next.sites().values(), next.limits().concurrent()));
    reloads.settle(
        () ->
            clients.closeUnused(
                Stream.concat(configured.values().stream(), inFlight.all().stream()).toList()));
    context.addComponent(NoRetryHttp.SITES, clients.component());
    CallFactory calls = beans.bind(CALL_FACTORY, new CallFactory(clients));
    beans.bind(REQUESTS, new AkeebaRequests(asked, calls));
    beans.bind(COOKIES, new ExchangeCookieHandler());
    beans.bind(UNANSWERED, RouteValues.UNANSWERED);
    beans.bind(NEXT_ENDPOINT, RouteValues.NEXT_ENDPOINT);
    beans.bind(SITE_CLOCK, RouteValues.SITE_CLOCK);
    beans.bind(RUNNING, RouteValues.RUNNING);
    beans.bind(STEPPING, RouteValues.STEPPING);
    beans.bind(JSON, new EnvelopeFormat());
    beans.bind(RESPONSES, new ResponseParser());
    FailureTranslator failures = beans.bind(FAILURES, new FailureTranslator(timings));
    ReadRetryPolicy reads =
        beans.bind(
            READ_RETRIES, new ReadRetryPolicy(failures, recovery::pauseAfter, guard::closed));
    beans.bind(DELAY, new InterruptibleDelay());
    EndpointDetector detector = new EndpointDetector(reads);
    beans.bind(
        ENDPOINT_CACHE,
        new EndpointCache(asked, database, new RunSite(sites, store), store, detector, wallClock));
    beans.bind(DELETION, new BackupDeletion());
    beans.bind(PROFILE_IMPORT, new ProfileImport());

    beans.bind(SITE_QUERIES, new SiteQueryReader(configured));
    beans.bind(DOWNLOAD_REQUESTS, new DownloadRequestReader(configured, home.folder()));
    beans.bind(EXTRACT_REQUESTS, new ExtractRequests(configured, home.folder()));
    beans.bind(
        ARCHIVE_DOWNLOADER, new ArchiveDownloader(failures, recovery::pauseAfter, guard::closed));
    beans.bind(DOWNLOAD_FOLDER, new DownloadFolder());
    beans.bind(
        DOWNLOAD_THREADS,
        context
            .getExecutorServiceManager()
            .newThreadPool(context, "backup-download", DOWNLOADS, DOWNLOADS));
    beans.bind(ARCHIVE_DELIVERY, new ArchiveDelivery());
    beans.bind(ARCHIVE_COMPARISON, new ArchiveComparison(sites, database, store));
    beans.bind(ARCHIVE_LOCATOR, new ArchiveLocator(context, database, failures));
    Path archives = home.data().resolve("archives");
    beans.bind(
        ARCHIVE_RETENTION,
        new ArchiveRetention(sites, database, archives, store, guard, failures, clock));

    RunRetries retries = new RunRetries(sites, store, stops, recovery, clock);
    RunDeadline deadline = beans.bind(RUN_DEADLINE, new RunDeadline(sites, stops, clock));
    DescriptionTemplate descriptions = new DescriptionTemplate(wallClock);
    beans.bind(
        STEPS,
        new BackupSteps(
            sites, descriptions, store, failures, retries, deadline, guard, activeRuns, clock));
    beans.bind(PREFLIGHT, new PreflightCheck(sites, store, timings, clock));
    beans.bind(VERIFIER, new BackupVerifier());
    ForeignBackupDetector foreignBackups =
        beans.bind(FOREIGN_BACKUPS, new ForeignBackupDetector(store, retries));
    beans.bind(LOST_RESPONSES, new LostResponseHandler(failures, store));
    beans.bind(
        STEP_RECOVERY,
        new StepRecovery(
            sites, store, retries, foreignBackups, deadline, recovery, timings, clock));
    beans.bind(START_RECOVERY, new StartRecovery(store, recovery, clock));
    beans.bind(ARCHIVE_CHECK, new ArchiveCheck(sites, database, store));
    return failures;
  }
}
