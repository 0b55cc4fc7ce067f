package io.github.camelakeeba.archive;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ArchiveSegment;
import io.github.camelakeeba.akeeba.BackupInfo;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.LostResponseException;
import io.github.camelakeeba.akeeba.client.FailureTranslator;
import io.github.camelakeeba.akeeba.http.ApiQuery;
import io.github.camelakeeba.akeeba.http.RequestBody;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntToLongFunction;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches the files of an archive: whole in one call, or piece by piece where that breaks off. */
public final class ArchiveDownloader {
  private static final Logger LOG = LoggerFactory.getLogger(ArchiveDownloader.class);

  /** Calls in a row that bring nothing; some two minutes with the shipped pauses. */
  private static final int MAX_FAILED_ATTEMPTS = 7;

  /** How a site says that it does not know the call for a whole file. */
  private static final Set<ErrorKind> FALL_BACK_TO_SEGMENTS =
      Set.of(ErrorKind.NOT_FOUND, ErrorKind.BACKUP_ERROR, ErrorKind.OUT_OF_ORDER);

  private final FailureTranslator failures;
  private final IntToLongFunction pauses;
  private final BooleanSupplier closed;

  /**
   * Over these calls.
   *
   * @param pauses milliseconds to wait after so many calls in vain
   * @param closed whether this process stops
   */
  public ArchiveDownloader(
      FailureTranslator failures, IntToLongFunction pauses, BooleanSupplier closed) {
    this.failures = failures;
    this.pauses = pauses;
    this.closed = closed;
  }

  /** The archive as it is to be fetched; throws {@code verification} when it can't be. */
  public ArchiveDownload plan(
      @Variable("akeeba-order") DownloadRequest order, @Variable("akeeba-info") BackupInfo info) {
    BackupRecord record = info.orMissing();
    if (order.backupid() != null
        && !record.backupid().isEmpty()
        && !order.backupid().equals(record.backupid())) {
      throw new BrokenArchiveException("Record %s belongs to another backup.", record.id());
    }
    if (!record.complete()) {
      throw new BrokenArchiveException(
          "The backup of record %s has the status '%s' in place of 'complete': its archive is not fetched.",
          record.id(), record.status());
    }
    return ArchiveDownload.of(order, record);
  }

  /** The next call for a file. */
  public FilePiece next(@Variable("akeeba-file") FileDownload file) {
    long here = file.downloadedBytes();
    boolean whole = file.direct() && here == 0;
    ApiQuery question =
        new ApiQuery(
            file.site(),
            whole
                ? RequestBody.downloadDirect(file.recordId(), file.part())
                : RequestBody.download(
                    file.recordId(), file.part(), here / FileDownload.MEBIBYTE + 1));
    return new FilePiece(file, here, whole ? question.into(new FileSink(file, 0)) : question);
  }

  /** The file after an answer. */
  public FileDownload recordAnswer(@Variable("akeeba-piece") FilePiece piece, @Body Object answer) {
    FileDownload file = piece.file();
    if (answer instanceof ArchiveSegment segment) {
      if (segment.refusal() != null) {
        throw segment.refusal();
      }
      segment(file, segment.bytes(), piece.here());
    }
    return file.downloadedBytes() == file.size() ? file.completed() : file.bySegments(0, 0);
  }

  private static void segment(FileDownload pull, byte[] piece, long here) {
    int from = (int) (here % FileDownload.MEBIBYTE);
    if (piece.length <= from) {
      throw tooShort(pull, here);
    }
    new FileSink(pull, here).append(Arrays.copyOfRange(piece, from, piece.length));
    long now = here + piece.length - from;
    if (now < pull.size() && piece.length < FileDownload.MEBIBYTE) {
      throw tooShort(pull, now);
    }
  }

  private static BrokenArchiveException tooShort(FileDownload pull, long here) {
    return new BrokenArchiveException(
        "The file %s ends after %s of the %s bytes that the site lists.",
        pull.name(), here, pull.size());
  }

  /** The file after a call that broke off, or was refused; throws why it can't be had. */
  public FileDownload recordLostResponse(
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable thrown,
      @Variable("akeeba-piece") FilePiece piece) {
    AkeebaException why = failures.translate(thrown);
    FileDownload pull = piece.file();
    long here = piece.here();
    if (why.kind() == ErrorKind.VERIFICATION || pull.progress().cancelled()) {
      DiskErrors.translate(pull.partialFile(), () -> Files.deleteIfExists(pull.partialFile()));
      throw why;
    }
    boolean lost = why instanceof LostResponseException;
    if (!lost && (!FALL_BACK_TO_SEGMENTS.contains(why.kind()) || !piece.whole())) {
      throw isMissing(why)
          ? new BrokenArchiveException(
              "The file %s can't be had: %s", pull.name(), why.getMessage())
          : why;
    }
    int vain = pull.downloadedBytes() > here ? 0 : pull.failedAttempts() + 1;
    if (closed.getAsBoolean() || vain > MAX_FAILED_ATTEMPTS) {
      throw why;
    }
    LOG.info("{}: {} Going on at byte {}.", pull.name(), why.getMessage(), pull.downloadedBytes());
    return pull.bySegments(lost ? pauses.applyAsLong(vain) : 0, vain);
  }

  private static boolean isMissing(AkeebaException why) {
    return why.kind() == ErrorKind.NOT_FOUND;
  }
}
