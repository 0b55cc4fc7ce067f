package io.github.camelakeeba.archive;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ArchiveSegment;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.LostResponseException;
import io.github.camelakeeba.akeeba.client.FailureTranslator;
import io.github.camelakeeba.archive.format.BrokenArchiveException;
import java.util.Arrays;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntToLongFunction;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches the files of an archive: whole in one call, or piece by piece where that breaks off. */
public final class ArchiveDownloader {
  private static final Logger LOG = LoggerFactory.getLogger(ArchiveDownloader.class);
  private static final int MAX_FAILED_ATTEMPTS = 7; // in a row: some two minutes

  /** Errors of a site that does not know the call for a whole file. */
  private static final Set<ErrorKind> FALL_BACK_TO_SEGMENTS =
      Set.of(ErrorKind.NOT_FOUND, ErrorKind.BACKUP_ERROR, ErrorKind.OUT_OF_ORDER);

  private final FailureTranslator failures;
  private final IntToLongFunction pauses;
  private final BooleanSupplier closed;

  /**
   * @param pauses milliseconds to wait after so many failed calls
   * @param closed whether this process stops
   */
  public ArchiveDownloader(
      FailureTranslator failures, IntToLongFunction pauses, BooleanSupplier closed) {
    this.failures = failures;
    this.pauses = pauses;
    this.closed = closed;
  }

  /** The file after a call, which gave this answer, or failure; throws why it can't be had. */
  public FileDownload next(@Variable("akeeba-file") FileDownload file, @Body Object answer) {
    try {
      if (answer instanceof Throwable thrown) {
        throw failures.translate(thrown);
      }
      if (answer instanceof ArchiveSegment segment) {
        append(file, segment);
      }
      return file.bySegments(0, 0);
    } catch (AkeebaException e) {
      return retry(file, e);
    }
  }

  private static void append(FileDownload file, ArchiveSegment segment) {
    if (segment.refusal() != null) {
      throw segment.refusal();
    }
    byte[] bytes = segment.bytes();
    int from = (int) (file.position() % FileDownload.MEBIBYTE);
    if (bytes.length <= from) {
      throw tooShort(file, file.position());
    }
    new FileSink(file).append(Arrays.copyOfRange(bytes, from, bytes.length));
    long here = file.position() + bytes.length - from;
    if (here < file.size() && bytes.length < FileDownload.MEBIBYTE) {
      throw tooShort(file, here);
    }
  }

  private static BrokenArchiveException tooShort(FileDownload file, long here) {
    return new BrokenArchiveException(
        "The file %s ends after %s of the %s bytes that the site lists.",
        file.name(), here, file.size());
  }

  private FileDownload retry(FileDownload file, AkeebaException why) {
    if (why.kind() == ErrorKind.VERIFICATION || file.progress().cancelled()) {
      file.deletePartialFile();
      throw why;
    }
    boolean lost = why instanceof LostResponseException;
    if (!lost && (!FALL_BACK_TO_SEGMENTS.contains(why.kind()) || !file.whole())) {
      throw why.kind() == ErrorKind.NOT_FOUND
          ? new BrokenArchiveException(
              "The file %s can't be had: %s", file.name(), why.getMessage())
          : why;
    }
    long here = file.downloadedBytes();
    int failed = here > file.position() ? 0 : file.failedAttempts() + 1;
    if (closed.getAsBoolean() || failed > MAX_FAILED_ATTEMPTS) {
      throw why;
    }
    LOG.info("{}: {} Going on at byte {}.", file.name(), why.getMessage(), here);
    return file.bySegments(lost ? pauses.applyAsLong(failed) : 0, failed);
  }
}
