package io.github.camelakeeba.archive;

import io.github.camelakeeba.akeeba.ArchiveSignature;
import io.github.camelakeeba.akeeba.CallDelay;
import io.github.camelakeeba.akeeba.http.ApiQuery;
import io.github.camelakeeba.akeeba.http.RequestBody;
import io.github.camelakeeba.config.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One file of an archive on its way here.
 *
 * @param partialFile where the bytes go until the whole archive is here and read; null: to a stream
 * @param stream who reads the bytes at once; null: they go to a file, or nowhere yet
 * @param size bytes that the site lists
 * @param signature how the file begins; null: it is not the archive's first one
 * @param direct whether the whole file is requested in one call
 * @param position bytes that are here before the next call
 * @param pause milliseconds to wait before the next call
 * @param failedAttempts calls in a row that brought nothing
 */
public record FileDownload(
    Site site,
    long recordId,
    int part,
    String name,
    Path partialFile,
    DownloadStream stream,
    long size,
    ArchiveSignature signature,
    DownloadProgress progress,
    boolean direct,
    long position,
    long pause,
    int failedAttempts)
    implements CallDelay {
  static final String PARTIAL_SUFFIX = ".part"; // of a file that is not whole yet
  static final int MEBIBYTE = 1024 * 1024;

  /** Sites with the same one share the limit of files at once. */
  public String host() {
    return site.host();
  }

  public boolean open() {
    return position < size;
  }

  /** The next call: for the whole file, or for the segment with the byte at the position. */
  public ApiQuery query() {
    return whole()
        ? new ApiQuery(site, RequestBody.downloadDirect(recordId, part)).into(new FileSink(this))
        : new ApiQuery(site, RequestBody.download(recordId, part, position / MEBIBYTE + 1));
  }

  boolean whole() {
    return direct && position == 0;
  }

  long downloadedBytes() {
    if (partialFile == null) {
      return stream.received();
    }
    return DiskErrors.translate(
        partialFile, () -> Files.exists(partialFile) ? Files.size(partialFile) : 0L);
  }

  /** The same for who reads it at once. */
  public FileDownload into(DownloadStream reader) {
    return new FileDownload(
        site,
        recordId,
        part,
        name,
        null,
        reader,
        size,
        signature,
        new DownloadProgress(),
        true,
        0,
        0,
        0);
  }

  PartialFile openPartial() throws IOException {
    return partialFile == null ? PartialFile.of(stream) : PartialFile.open(partialFile);
  }

  /** For messages: where the bytes go. */
  Path path() {
    return partialFile == null ? Path.of(name) : partialFile;
  }

  FileDownload completed() {
    return at(direct, size, 0, 0);
  }

  /** The same with what an earlier download has left; more than the whole is of something else. */
  FileDownload resumed() {
    if (downloadedBytes() > size) {
      deletePartialFile();
    }
    return at(direct, downloadedBytes(), 0, 0);
  }

  FileDownload bySegments(long wait, int failures) {
    return at(false, downloadedBytes(), wait, failures);
  }

  private FileDownload at(boolean whole, long here, long wait, int failures) {
    return new FileDownload(
        site,
        recordId,
        part,
        name,
        partialFile,
        stream,
        size,
        signature,
        progress,
        whole,
        here,
        wait,
        failures);
  }

  void deletePartialFile() {
    if (partialFile != null) {
      DiskErrors.translate(partialFile, () -> Files.deleteIfExists(partialFile));
    }
  }
}
