package io.github.camelakeeba.archive;

import io.github.camelakeeba.akeeba.ArchiveSignature;
import io.github.camelakeeba.akeeba.CallDelay;
import io.github.camelakeeba.config.Site;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One file of an archive on its way here.
 *
 * @param site whose it is
 * @param recordId the number of the record
 * @param part the part's number
 * @param name the file's name here
 * @param partialFile where the bytes go until the whole archive is here and read
 * @param size bytes that the site lists
 * @param signature how the file begins; null: it is not the archive's first one
 * @param direct whether the whole file is asked for in one call
 * @param open whether something is still to be fetched
 * @param pause milliseconds to wait before the next call
 * @param failedAttempts calls in a row that brought nothing
 * @param progress is told how it goes
 */
public record FileDownload(
    Site site,
    long recordId,
    int part,
    String name,
    Path partialFile,
    long size,
    ArchiveSignature signature,
    boolean direct,
    boolean open,
    long pause,
    int failedAttempts,
    DownloadProgress progress)
    implements CallDelay {
  /** The end of the name of a file that is not whole yet. */
  static final String PARTIAL_SUFFIX = ".part";

  static final int MEBIBYTE = 1024 * 1024;

  /** Sites with the same one share the limit of files at once. */
  public String host() {
    return site.host();
  }

  /** Bytes that are here. */
  long downloadedBytes() {
    return DiskErrors.translate(
        partialFile, () -> Files.exists(partialFile) ? Files.size(partialFile) : 0L);
  }

  /** The same, asked for piece by piece from here on. */
  FileDownload bySegments(long wait, int inVain) {
    return new FileDownload(
        site,
        recordId,
        part,
        name,
        partialFile,
        size,
        signature,
        false,
        open,
        wait,
        inVain,
        progress);
  }

  /** The same, whole. */
  FileDownload completed() {
    return new FileDownload(
        site, recordId, part, name, partialFile, size, signature, false, false, 0, 0, progress);
  }
}
