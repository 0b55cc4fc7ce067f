package io.github.camelakeeba.recheck;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.Deadline;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.LostResponseException;
import io.github.camelakeeba.akeeba.client.FailureTranslator;
import io.github.camelakeeba.archive.ArchiveDownload;
import io.github.camelakeeba.archive.ChecksumFile;
import io.github.camelakeeba.archive.DiskErrors;
import io.github.camelakeeba.archive.DownloadProgress;
import io.github.camelakeeba.archive.DownloadRequest;
import io.github.camelakeeba.archive.DownloadedArchive;
import io.github.camelakeeba.archive.dump.DumpExpectation;
import io.github.camelakeeba.config.Durations;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.exchange.JvmErrors;
import io.github.camelakeeba.keep.StoredArchive;
import io.github.camelakeeba.recheck.ReadingRate.InterruptedReadException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;

/** Puts an archive that was fetched anew, and read to its end, in the place of a damaged one. */
public final class ArchiveReplacement {
  /**
   * A folder beside the damaged files, since a file is replaced at once on one file system only.
   */
  static final String FOLDER = ".fetched-anew";

  private static final Duration FETCH_PAUSE = Duration.ofDays(1);
  private static final Duration UNREACHABLE_PAUSE = Duration.ofHours(4);

  private final Map<String, Site> sites;
  private final RecheckStore store;
  private final RecheckReports reports;
  private final FailureTranslator failures;
  private final Path staging;
  private final BooleanSupplier closed;
  private final Clock clock;

  /**
   * @param staging for archives that are handed to an endpoint
   * @param closed whether this process stops
   */
  public ArchiveReplacement(
      Map<String, Site> sites,
      RecheckStore store,
      RecheckReports reports,
      FailureTranslator failures,
      Path staging,
      BooleanSupplier closed,
      Clock clock) {
    this.sites = sites;
    this.store = store;
    this.reports = reports;
    this.failures = failures;
    this.staging = staging;
    this.closed = closed;
    this.clock = clock;
  }

  /** Where the archive is fetched to; the damaged files stay as they are meanwhile. */
  public DownloadRequest plan(@Variable("backup-damaged-archive") CheckedArchive one) {
    StoredArchive archive = one.archive();
    return new DownloadRequest(
        site(archive),
        archive.recordId(),
        archive.backupid(),
        folder(archive),
        DumpExpectation.NONE,
        new DownloadProgress(progress -> checkNotClosed()));
  }

  private Site site(StoredArchive archive) {
    Site site = sites.get(archive.site());
    if (site == null) { // taken out since
      throw new InterruptedReadException("the site is not configured any more");
    }
    return site;
  }

  private Path folder(StoredArchive archive) {
    return archive.local()
        ? Path.of(archive.location()).resolve(FOLDER)
        : staging.resolve(archive.site());
  }

  /** As long as a run of the site may last; throws earlier where this process stops. */
  public Deadline deadline(@Variable("backup-damaged-archive") CheckedArchive one) {
    Duration longest = site(one.archive()).maxDuration();
    Instant end = clock.instant().plus(longest);
    return new Deadline() {
      @Override
      public Duration remaining() {
        return Duration.between(clock.instant(), end);
      }

      @Override
      public void checkNotOver() {
        checkNotClosed();
        if (remaining().isNegative()) {
          throw new AkeebaException(
              ErrorKind.TIMEOUT,
              "The archive was not here within %s (maxDuration)."
                  .formatted(Durations.format(longest)));
        }
      }
    };
  }

  private void checkNotClosed() {
    if (closed.getAsBoolean()) {
      throw InterruptedReadException.closing();
    }
  }

  /**
   * Throws {@code verification} when what was fetched is not what was downloaded before, and what
   * says that the archive is not this node's any more.
   */
  public void check(
      @Variable("backup-damaged-archive") CheckedArchive one,
      @Variable("backup-downloaded") DownloadedArchive fetched) {
    Map<String, String> known = ArchivePlaces.checksums(one.archive());
    if (!fetched.fileNames().equals(one.archive().files())) {
      throw new AkeebaException(
          ErrorKind.VERIFICATION,
          "The site has the files %s of this backup in place of %s."
              .formatted(
                  String.join(", ", fetched.fileNames()),
                  String.join(", ", one.archive().files())));
    }
    for (DownloadedArchive.File file : fetched.files()) {
      if (!file.sha256().equals(known.getOrDefault(file.name(), file.sha256()))) {
        throw new AkeebaException(
            ErrorKind.VERIFICATION,
            "The file %s on the site is not the one that was downloaded: its SHA-256 is %s in place of %s."
                .formatted(file.name(), file.sha256(), known.get(file.name())));
      }
    }
    if (!store.isOwner(one.archive())) {
      throw new AkeebaException(
          ErrorKind.INTERRUPTED, "The archive was deleted, or replaced, meanwhile.");
    }
  }

  /** Moves the files under their names, each at once; the list of checksums has them before. */
  public void replace(
      @Variable("backup-damaged-archive") CheckedArchive one,
      @Variable("backup-downloaded") DownloadedArchive fetched) {
    Path folder = Path.of(one.archive().location());
    Map<String, String> sums = new TreeMap<>();
    fetched.files().forEach(file -> sums.put(file.name(), file.sha256()));
    new ChecksumFile(folder).add(one.archive().backupid(), sums);
    for (String name : fetched.fileNames()) {
      Path to = folder.resolve(name);
      DiskErrors.translate(
          to, () -> ChecksumFile.moveAtomically(fetched.folder().resolve(name), to));
    }
  }

  /** Records that it is whole, and reports it; joins the transaction. */
  public void recordMended(@Variable("backup-damaged-archive") CheckedArchive one) {
    Instant now = clock.instant();
    if (store.recordWhole(one.archive(), now)) {
      reports.mended(
          one,
          "it was fetched anew from the site, and read to its end",
          store.isNewestGood(one),
          now);
    }
  }

  /**
   * Records why it could not be fetched anew, and reports it once; it is tried again in a day.
   * Joins the transaction; throws errors of the JVM on.
   */
  public String recordFailure(
      @Variable("backup-damaged-archive") CheckedArchive one,
      @Variable("backup-inspection") Inspection inspection,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable thrown) {
    JvmErrors.rethrowJvmError(thrown);
    Instant now = clock.instant();
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof InterruptedReadException) {
        store.release(one.archive(), now);
        return t.getMessage();
      }
    }
    AkeebaException why = failures.translate(thrown);
    String reason = why.getMessage();
    boolean missed = false;
    if (store.isOwner(one.archive())) {
      missed = reports.notFetched(one, inspection.damage(), reason, store.isNewestGood(one), now);
    }
    store.recordFetchFailure(one.archive(), reason, missed);
    boolean unreachable = why instanceof LostResponseException;
    store.release(one.archive(), now.plus(unreachable ? UNREACHABLE_PAUSE : FETCH_PAUSE));
    return reason;
  }

  /** Of a fetch only what the next one takes up stays; the damaged files stay in any case. */
  public void tidy(@Variable("backup-damaged-archive") CheckedArchive one) {
    StoredArchive archive = one.archive();
    Path folder = folder(archive);
    if (!Files.isDirectory(folder)) {
      return;
    }
    DiskErrors.translate(
        folder,
        () -> {
          new ChecksumFile(folder).remove(archive.files());
          for (String name : archive.files()) {
            Files.deleteIfExists(folder.resolve(name));
          }
          if (archive.local()) {
            deleteEmpty(folder, archive);
          }
          return null;
        });
  }

  private static void deleteEmpty(Path folder, StoredArchive archive) throws IOException {
    ChecksumFile sums = new ChecksumFile(folder);
    sums.deleteIfEmpty();
    // that of this download, which would go with the end of its exchange
    Files.deleteIfExists(
        folder.resolve(
            "." + ArchiveDownload.backupKey(archive.backupid(), archive.recordId()) + ".lock"));
    try {
      Files.delete(folder);
    } catch (DirectoryNotEmptyException e) {
      // what is left is of a fetch that goes on
    }
  }
}
