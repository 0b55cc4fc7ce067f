package io.github.camelakeeba.keep;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.Call;
import io.github.camelakeeba.akeeba.DeletionRequest;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.LostResponseException;
import io.github.camelakeeba.akeeba.client.FailureTranslator;
import io.github.camelakeeba.archive.ChecksumFile;
import io.github.camelakeeba.archive.DownloadProgress;
import io.github.camelakeeba.archive.DownloadRequest;
import io.github.camelakeeba.archive.DownloadedArchive;
import io.github.camelakeeba.archive.dump.DumpExpectation;
import io.github.camelakeeba.config.DownloadSettings;
import io.github.camelakeeba.config.Durations;
import io.github.camelakeeba.config.RemoteFilePolicy;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.exchange.JvmErrors;
import io.github.camelakeeba.notify.text.HumanFormat;
import io.github.camelakeeba.run.BackupProgress;
import io.github.camelakeeba.run.ClaimLostException;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunSuspendedException;
import io.github.camelakeeba.run.RunWarnings;
import io.github.camelakeeba.run.store.RunGuard;
import io.github.camelakeeba.run.store.RunRepository;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.time.SteadyClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;

/** What becomes of the archive of a good backup: {@code download} and {@code onServer}. */
public final class ArchiveRetention {
  /** Reported as they are: they say enough, or are no errors of the download. */
  private static final Set<ErrorKind> SELF_EXPLANATORY =
      Set.of(ErrorKind.VERIFICATION, ErrorKind.STOPPED, ErrorKind.INTERNAL);

  private final Map<String, Site> sites;
  private final ArchiveCatalog catalog;
  private final Path staging;
  private final RunRepository store;
  private final RunGuard guard;
  private final FailureTranslator failures;
  private final SteadyClock clock;

  /** A download: the run, the archive here or null, and what is to be downloaded or null. */
  public record DownloadState(Run run, StoredArchive stored, DownloadRequest request) {}

  /** What need not stay: the files on the site, or null, and the older archives. */
  public record RetentionPlan(Run run, DeletionRequest deletion, List<ExpiredArchive> expired) {}

  /** An expired archive, and the URIs that delete its files at the endpoint; none for a folder. */
  public record ExpiredArchive(StoredArchive archive, List<Secret> deliveredFiles) {}

  /** The staging folder is for archives that are transferred. */
  public ArchiveRetention(
      Map<String, Site> sites,
      Database database,
      Path staging,
      RunRepository store,
      RunGuard guard,
      FailureTranslator failures,
      SteadyClock clock) {
    this.sites = sites;
    this.catalog = new ArchiveCatalog(database);
    this.staging = staging;
    this.store = store;
    this.guard = guard;
    this.failures = failures;
    this.clock = clock;
  }

  /**
   * The archive, when it was downloaded before the run was interrupted; or null. One that is
   * damaged since makes no backup a good one.
   */
  public StoredArchive findStored(@Body Run run) {
    return catalog.findUndamaged(run.site(), run.backup().backupid()).orElse(null);
  }

  /**
   * The archive is to be downloaded where it is on the site. Where it is here already, the run has
   * its size: on the site the files may be gone meanwhile.
   */
  public DownloadState planDownload(
      @Body Run run,
      @Variable("backup-stored-archive") StoredArchive stored,
      @Variable("akeeba-record") BackupRecord record) {
    if (stored != null) {
      store.note(run, "downloaded", "The archive was downloaded before the interruption");
      BackupProgress backup = run.backup();
      return new DownloadState(
          run.with(
              backup.withArchive(
                  backup.recordId(), backup.archive(), stored.files().size(), stored.size()),
              run.warnings()),
          stored,
          null);
    }
    if (record.files().isEmpty()) {
      return new DownloadState(
          run.warned(
              "The archive was sent to a remote storage and is not on the site: it was not"
                  + " downloaded."),
          null,
          null);
    }
    store.note(run, "download", "Downloading the archive of record " + run.backup().recordId());
    return new DownloadState(run, null, request(run));
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

  /** Writes the progress; throws when the run must not go on, or is not this node's any more. */
  private void checkDownload(Run run, Site site, DownloadProgress progress) {
    guard.checkNotStopped(run);
    if (guard.closed()) {
      throw new RunSuspendedException(run.id());
    }
    if (clock.instant().isAfter(run.startedAt().plus(site.maxDuration()))) {
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

  /** Throws why the archive is not downloaded, and that it is still on the site. */
  public void failDownload(
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception thrown,
      @Variable("akeeba-call") Call call,
      @Variable("backup-download") DownloadState download)
      throws Exception {
    JvmErrors.rethrowJvmError(thrown);
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof RunSuspendedException || t instanceof ClaimLostException) {
        throw (RuntimeException) t;
      }
    }
    AkeebaException why = failures.translate(thrown, call);
    if (SELF_EXPLANATORY.contains(why.kind())) {
      throw why;
    }
    String message =
        "The backup is on the site (record %s), but its archive was not downloaded: %s"
            .formatted(download.run().backup().recordId(), why.getMessage());
    throw why instanceof LostResponseException lost
        ? new LostResponseException(why.kind(), message, lost.sendState(), lost.retryAfter(), why)
        : new AkeebaException(why.kind(), message, why);
  }

  /**
   * The archive is here and in the catalog; the run has the warnings of its dump, and says what of
   * the archive could not be checked. They are stored first: the archive is not read again.
   */
  public DownloadState store(
      @Variable("backup-download") DownloadState download,
      @Variable("backup-downloaded") DownloadedArchive archive) {
    Run run = withVerification(download.run(), archive);
    DownloadSettings settings = sites.get(run.site()).download();
    StoredArchive stored =
        new StoredArchive(
            run.site(),
            run.backup().backupid(),
            archive.recordId(),
            run.request().profile(),
            archive.begun() == null ? clock.wall(run.startedAt()) : archive.begun(),
            settings.displayLocation(),
            settings.folder() != null,
            archive.fileNames(),
            archive.size(),
            archive.readable(),
            archive.census() == null ? null : archive.census().content(),
            archive.files().stream().map(DownloadedArchive.File::sha256).toList());
    store.note(
        run,
        settings.folder() == null ? "handed-on" : "downloaded",
        "%s: %s in %s files, %s, %s%s"
            .formatted(
                settings.folder() == null ? "Downloaded and handed on" : "Downloaded",
                HumanFormat.size(archive.size()),
                archive.fileNames().size(),
                archive.readable() ? "read to its end" : "not all of it could be read",
                "to " + settings.displayLocation(),
                stored.content() == null
                    ? ""
                    : "; it holds " + HumanFormat.content(stored.content())));
    catalog.add(stored, archive.census(), run.id(), clock.wall(clock.instant()));
    return new DownloadState(run, stored, null);
  }

  private Run withVerification(Run run, DownloadedArchive archive) {
    List<String> more =
        archive.warnings().stream()
            .filter(warning -> !run.warnings().texts().contains(warning))
            .toList();
    RunWarnings warnings = run.warnings().plus(more);
    if (!archive.readable()) {
      boolean filesStay = sites.get(run.site()).onServer() == RemoteFilePolicy.DELETE_FILES;
      warnings =
          warnings.withUnknown(
              "Not all of the archive was checked: "
                  + archive.unread()
                  + (filesStay
                      ? ". So its files stay on the site: deleteFiles deletes what was checked as"
                          + " a whole, deleteFilesUnread this too."
                      : "."));
    }
    return warnings.equals(run.warnings())
        ? run
        : store.checkpoint(run.with(run.backup(), warnings));
  }

  /** Throws when files on the site are to be deleted and the run is stopped, or not ours. */
  public RetentionPlan planRetention(
      @Body Run run, @Variable("backup-stored-archive") StoredArchive stored) {
    Site site = sites.get(run.site());
    List<ExpiredArchive> expired = expired(run, site);
    DeletionRequest deletion = null;
    if (site.onServer() == RemoteFilePolicy.DELETE_FILES_UNREAD
        || site.onServer() == RemoteFilePolicy.DELETE_FILES && stored.verified()) {
      guard.checkNotStopped(run);
      store.note(run, "deletion", "Deleting the files on the site, as onServer says");
      store.checkpoint(run); // the last that is asked: what follows is the call
      deletion =
          new DeletionRequest(
              site, stored.recordId(), stored.backupid(), DeletionRequest.Kind.DELETE_FILES);
    }
    return new RetentionPlan(run, deletion, expired);
  }

  private List<ExpiredArchive> expired(Run run, Site site) {
    DownloadSettings settings = site.download();
    if (settings == null) {
      return List.of();
    }
    int profile = run.request().profile();
    String location = settings.displayLocation();
    Instant now = clock.wall(clock.instant());
    List<StoredArchive> expired =
        RetentionPolicy.expired(
            catalog.findAt(site.name(), profile, location), settings, site.zone(), now);
    catalog.markExpired(
        site.name(),
        profile,
        location,
        expired.stream().map(StoredArchive::backupid).toList(),
        now);
    return expired.stream()
        .map(archive -> new ExpiredArchive(archive, deliveredFiles(archive, settings)))
        .toList();
  }

  private static List<Secret> deliveredFiles(StoredArchive archive, DownloadSettings settings) {
    return archive.local()
        ? List.of()
        : archive.files().stream()
            .map(name -> ArchiveDelivery.deletionUri(settings.uri(), archive.backupid(), name))
            .toList();
  }

  public Run warnNotDeleted(
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable thrown,
      @Variable("akeeba-call") Call call,
      @Variable("backup-retention") RetentionPlan plan) {
    return plan.run()
        .warned(
            "The archive is downloaded, but its files were not deleted on the site: "
                + failures.translate(thrown, call).getMessage());
  }

  /** Deletes the archive's files in a folder here, and its row; what is not ours stays. */
  public void delete(@Body ExpiredArchive expired) {
    StoredArchive archive = expired.archive();
    if (archive.local()) {
      new ChecksumFile(Path.of(archive.location())).delete(archive.files(), archive.backupid());
    }
    catalog.remove(archive);
  }

  /** Why an archive could not be deleted; throws what is no failure but an error of the JVM. */
  public String deletionFailure(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable thrown) {
    JvmErrors.rethrowJvmError(thrown);
    AkeebaException known = ArchiveDelivery.known(thrown);
    return known == null ? thrown.getClass().getSimpleName() : known.getMessage();
  }
}
