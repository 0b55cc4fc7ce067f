package io.github.camelakeeba.archive;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ArchiveSegment;
import io.github.camelakeeba.akeeba.BackupInfo;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.Failures;
import io.github.camelakeeba.akeeba.LostAnswerException;
import io.github.camelakeeba.akeeba.Question;
import io.github.camelakeeba.akeeba.RequestBody;
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
public final class Downloads {
  private static final Logger LOG = LoggerFactory.getLogger(Downloads.class);

  /** Calls in a row that bring nothing; some two minutes with the shipped pauses. */
  private static final int MOST_IN_VAIN = 7;

  /** How a site says that it does not know the call for a whole file. */
  private static final Set<ErrorKind> OFFERED_OTHERWISE =
      Set.of(ErrorKind.NOT_FOUND, ErrorKind.BACKUP_ERROR, ErrorKind.OUT_OF_ORDER);

  private final Failures failures;
  private final IntToLongFunction pauses;
  private final BooleanSupplier closed;

  /**
   * Over these calls.
   *
   * @param pauses milliseconds to wait after so many calls in vain
   * @param closed whether this process stops
   */
  public Downloads(Failures failures, IntToLongFunction pauses, BooleanSupplier closed) {
    this.failures = failures;
    this.pauses = pauses;
    this.closed = closed;
  }

  /** The archive as it is to be fetched; throws {@code verification} when it can't be. */
  public ArchivePull begin(
      @Variable("akeeba-order") ArchiveOrder order, @Variable("akeeba-info") BackupInfo info) {
    BackupRecord record = info.orMissing();
    if (order.backupid() != null
        && !record.backupid().isEmpty()
        && !order.backupid().equals(record.backupid())) {
      throw new Broken("Record %s belongs to another backup.", record.id());
    }
    if (!record.complete()) {
      throw new Broken(
          "The backup of record %s has the status '%s' in place of 'complete': its archive is not fetched.",
          record.id(), record.status());
    }
    return ArchivePull.of(order, record);
  }

  /** The next call for a file. */
  public FilePiece next(@Variable("akeeba-file") FilePull file) {
    long here = file.here();
    boolean whole = file.direct() && here == 0;
    Question question =
        new Question(
            file.site(),
            whole
                ? RequestBody.downloadDirect(file.recordId(), file.part())
                : RequestBody.download(file.recordId(), file.part(), here / FilePull.MEBIBYTE + 1));
    return new FilePiece(file, here, whole ? question.into(new FileSink(file, 0)) : question);
  }

  /** The file after an answer. */
  public FilePull recordAnswer(@Variable("akeeba-piece") FilePiece piece, @Body Object answer) {
    FilePull file = piece.file();
    if (answer instanceof ArchiveSegment segment) {
      if (segment.refusal() != null) {
        throw segment.refusal();
      }
      segment(file, segment.bytes(), piece.here());
    }
    return file.here() == file.size() ? file.whole() : file.bySegments(0, 0);
  }

  private static void segment(FilePull pull, byte[] piece, long here) {
    int from = (int) (here % FilePull.MEBIBYTE);
    if (piece.length <= from) {
      throw shorter(pull, here);
    }
    new FileSink(pull, here).append(Arrays.copyOfRange(piece, from, piece.length));
    long now = here + piece.length - from;
    if (now < pull.size() && piece.length < FilePull.MEBIBYTE) {
      throw shorter(pull, now);
    }
  }

  private static Broken shorter(FilePull pull, long here) {
    return new Broken(
        "The file %s ends after %s of the %s bytes that the site lists.",
        pull.name(), here, pull.size());
  }

  /** The file after a call that broke off, or was refused; throws why it can't be had. */
  public FilePull recordLostResponse(
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable thrown,
      @Variable("akeeba-piece") FilePiece piece) {
    AkeebaException why = failures.explain(thrown);
    FilePull pull = piece.file();
    long here = piece.here();
    if (why.kind() == ErrorKind.VERIFICATION || pull.progress().givenUp()) {
      Disk.at(pull.half(), () -> Files.deleteIfExists(pull.half()));
      throw why;
    }
    boolean lost = why instanceof LostAnswerException;
    if (!lost && (!OFFERED_OTHERWISE.contains(why.kind()) || !piece.whole())) {
      throw missing(why)
          ? new Broken("The file %s can't be had: %s", pull.name(), why.getMessage())
          : why;
    }
    int vain = pull.here() > here ? 0 : pull.vain() + 1;
    if (closed.getAsBoolean() || vain > MOST_IN_VAIN) {
      throw why;
    }
    LOG.info("{}: {} Going on at byte {}.", pull.name(), why.getMessage(), pull.here());
    return pull.bySegments(lost ? pauses.applyAsLong(vain) : 0, vain);
  }

  private static boolean missing(AkeebaException why) {
    return why.kind() == ErrorKind.NOT_FOUND;
  }
}
