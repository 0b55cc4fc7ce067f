package io.github.camelakeeba.keep;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.Call;
import io.github.camelakeeba.akeeba.DeletionRequest;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.LostResponseException;
import io.github.camelakeeba.akeeba.client.FailureTranslator;
import io.github.camelakeeba.archive.DownloadProgress;
import io.github.camelakeeba.archive.DownloadRequest;
import io.github.camelakeeba.archive.DownloadedArchive;
import io.github.camelakeeba.archive.dump.DumpExpectation;
import io.github.camelakeeba.config.DownloadSettings;
import io.github.camelakeeba.config.Durations;
import io.github.camelakeeba.config.RemoteFilePolicy;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.notify.text.HumanFormat;
import io.github.camelakeeba.run.BackupProgress;
import io.github.camelakeeba.run.ClaimLostException;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunSuspendedException;
import io.github.camelakeeba.run.RunWarnings;
import io.github.camelakeeba.run.store.RunGuard;
import io.github.camelakeeba.run.store.RunRepository;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.time.SteadyClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/** What becomes of the archive of a backup that is good: {@code download} and {@code onServer}. */
public final class ArchiveRetention {
  /** Told as they are: they say enough, or are not of the download. */
  private static final Set<ErrorKind> SELF_EXPLANATORY =
      Set.of(ErrorKind.VERIFICATION, ErrorKind.STOPPED, ErrorKind.INTERNAL);

  private final Map<String, Site> sites;
  private final ArchiveCatalog catalog;
  private final Path staging;
  private final RunRepository store;
  private final RunGuard gate;
  private final FailureTranslator failures;
  private final SteadyClock clock;

  /**
   * For these sites by name.
   *
   * @param staging the folder for what is handed on
   */
  public ArchiveRetention(
      Map<String, Site> sites,
      Database database,
      Path staging,
      RunRepository store,
      RunGuard gate,
      FailureTranslator failures,
      SteadyClock clock) {
    this.sites = sites;
    this.catalog = new ArchiveCatalog(database);
    this.staging = staging;
    this.store = store;
    this.gate = gate;
    this.failures = failures;
    this.clock = clock;
  }

  /** The archive, when the same run has downloaded it before it was interrupted; or null. */
  public StoredArchive findStored(@Body Run run) {
    return catalog.find(run.site(), run.backup().backupid()).orElse(null);
  }

  /**
   * What is to be done with the archive: to be downloaded, where it is wanted here and is on the
   * site; else nothing, and where it is here already, the run has its size: on the site the files
   * may be gone meanwhile.
   */
  public DownloadPlan plan(
      @Body Run run,
      @Variable("backup-stored-archive") StoredArchive stored,
      @Variable("akeeba-record") BackupRecord record) {
    if (stored != null) {
      return new DownloadPlan(withStoredSize(run, stored), null);
    }
    if (sites.get(run.site()).download() == null) {
      return new DownloadPlan(run, null);
    }
    return record.files().isEmpty()
        ? new DownloadPlan(
            withWarning(
                run,
                "The archive was sent to a remote storage and is not on the site: it was not"
                    + " downloaded."),
            null)
        : new DownloadPlan(run, request(run));
  }

  private static Run withStoredSize(Run run, StoredArchive kept) {
    BackupProgress b = run.backup();
    return run.with(
        new BackupProgress(
            b.backupid(),
            b.recordId(),
            b.archive(),
            kept.files().size(),
            kept.size(),
            b.domain(),
            b.step(),
            b.stepNumber(),
            b.steps(),
            b.progress(),
            b.sleepTime(),
            b.hasRun(),
            b.answeredAt(),
            b.expectedRows()),
        run.warnings());
  }

  private DownloadRequest request(Run run) {
    Site site = sites.get(run.site());
    Path folder = site.download().folder();
    return new DownloadRequest(
        site,
        run.backup().recordId(),
        run.backup().backupid(),
        folder != null ? folder : staging.resolve(site.name()),
        new DumpExpectation(run.backup().expectedRows().tables(), run.warnings().texts()),
        new DownloadProgress(progress -> checkDownload(run, site, progress)));
  }

  /**
   * Each second of a long download: notes how far it is, and throws when it must not go on, or is
   * not this node's any more.
   */
  private void checkDownload(Run run, Site site, DownloadProgress progress) {
    gate.checkNotStopped(run);
    if (gate.closed()) {
      throw new RunSuspendedException(run.id());
    }
    Instant end = run.startedAt().plus(site.maxDuration());
    if (clock.instant().isAfter(end)) {
      throw new AkeebaException(
          ErrorKind.TIMEOUT,
          "The archive was not here within %s (maxDuration)."
              .formatted(Durations.format(site.maxDuration())));
    }
    long done = progress.isReading() ? progress.read() : progress.downloaded();
    String at = progress.isReading() ? "reading the archive" : HumanFormat.size(done) + " here";
    int percent = (int) (100 * done / Math.max(1, progress.total()));
    store.checkpoint(run.with(run.backup().downloading(at, percent), run.warnings()));
  }

  /** Throws why the archive is not home, and that it is still on the site. */
  public void reportDownloadFailure(
      Exchange exchange, @Variable("backup-download-plan") DownloadPlan plan) throws Exception {
    Exception thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof RunSuspendedException || t instanceof ClaimLostException) {
        throw (RuntimeException) t;
      }
    }
    AkeebaException why =
        failures.translate(thrown, exchange.getVariable("akeeba-call", Call.class));
    if (SELF_EXPLANATORY.contains(why.kind())) {
      throw why;
    }
    String told =
        "The backup is on the site (record %s), but its archive was not brought home: %s"
            .formatted(plan.run().backup().recordId(), why.getMessage());
    throw why instanceof LostResponseException lost
        ? new LostResponseException(why.kind(), told, lost.sendState(), lost.retryAfter(), why)
        : new AkeebaException(why.kind(), told, why);
  }

  /**
   * The run, with the warnings of its dump, and a word on what of the archive could not be checked:
   * stored, since the archive is not read again. The archive is in the catalog then.
   */
  public Run store(@Body Run run, @Variable("backup-downloaded") DownloadedArchive pulled) {
    Run verified = withVerification(run, pulled);
    addToCatalog(verified, pulled);
    return verified;
  }

  private Run withVerification(Run run, DownloadedArchive pulled) {
    List<String> more =
        pulled.warnings().stream()
            .filter(warning -> !run.warnings().texts().contains(warning))
            .toList();
    RunWarnings warnings = run.warnings().plus(more);
    if (!pulled.readable()) {
      warnings = warnings.withUnknown(describeUnverified(run, pulled));
    }
    return warnings.equals(run.warnings())
        ? run
        : store.checkpoint(run.with(run.backup(), warnings));
  }

  /** What could not be checked, and what that means for the site's files. */
  private String describeUnverified(Run run, DownloadedArchive pulled) {
    boolean stay = sites.get(run.site()).onServer() == RemoteFilePolicy.DELETE_FILES;
    return "Not all of the archive was checked: "
        + pulled.unread()
        + (stay
            ? ". So its files stay on the site: deleteFiles deletes what was checked as a whole,"
                + " deleteFilesUnread this too."
            : ".");
  }

  private void addToCatalog(Run run, DownloadedArchive pulled) {
    DownloadSettings download = sites.get(run.site()).download();
    StoredArchive kept =
        new StoredArchive(
            run.site(),
            run.backup().backupid(),
            pulled.recordId(),
            run.request().profile(),
            pulled.begun() == null ? clock.wall(run.startedAt()) : pulled.begun(),
            download.displayLocation(),
            download.folder() != null,
            pulled.files().stream().map(DownloadedArchive.File::name).toList(),
            pulled.size(),
            pulled.readable());
    catalog.add(kept, run.id(), clock.wall(clock.instant()));
  }

  /** Whether its files on the site are to be deleted now. */
  public boolean shouldDeleteOnServer(
      @Body Run run, @Variable("backup-stored-archive") StoredArchive kept) {
    RemoteFilePolicy wish = sites.get(run.site()).onServer();
    return wish == RemoteFilePolicy.DELETE_FILES_UNREAD
        || wish == RemoteFilePolicy.DELETE_FILES && kept.verified();
  }

  /** The deletion; throws when the run is not ours any more, or was stopped. */
  public DeletionRequest deletionRequest(
      @Body Run run, @Variable("backup-stored-archive") StoredArchive kept) {
    gate.checkNotStopped(run);
    store.checkpoint(run);
    return new DeletionRequest(
        sites.get(run.site()), kept.recordId(), kept.backupid(), DeletionRequest.Kind.DELETE_FILES);
  }

  /** The run with a warning: the archive is home, but its files are still on the site. */
  public Run warnNotDeleted(Exchange exchange, @Variable("backup-current") Run run) {
    AkeebaException why =
        failures.translate(
            exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class),
            exchange.getVariable("akeeba-call", Call.class));
    return withWarning(
        run,
        "The archive is home, but its files were not deleted on the site: " + why.getMessage());
  }

  /** The archives of the run's profile that are to be let go. */
  public List<StoredArchive> expired(@Body Run run) {
    Site site = sites.get(run.site());
    if (site.download() == null) {
      return List.of();
    }
    return RetentionPolicy.expired(
        catalog.findAt(site.name(), run.request().profile(), site.download().displayLocation()),
        site.download(),
        site.zone(),
        clock.wall(clock.instant()));
  }

  /** Forgets an archive that is gone. */
  public void removeFromCatalog(@Variable("backup-expired-archive") StoredArchive old) {
    catalog.remove(old);
  }

  private static Run withWarning(Run run, String text) {
    return run.with(run.backup(), run.warnings().plus(List.of(text)));
  }
}
