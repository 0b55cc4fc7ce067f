package io.github.camelakeeba.archive;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that files go to: what fails here is no failure of the site. */
final class Disk {
  /** Bytes that are left free, for the files beside the archive. */
  private static final long MARGIN = 1024 * 1024;

  private Disk() {}

  /** Something that is done on the disk. */
  @FunctionalInterface
  interface Deed<T> {
    T done() throws IOException;
  }

  /** The result; throws {@code configuration} with the path and the reason. */
  static <T> T at(Path path, Deed<T> deed) {
    try {
      return deed.done();
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  /** Why the path can't be written. */
  static AkeebaException failed(Path path, IOException e) {
    return new AkeebaException(
        ErrorKind.CONFIGURATION, "%s can't be written: %s.".formatted(path, reason(e)), e);
  }

  /** Throws {@code configuration} when so many bytes have no room in the folder. */
  static void room(Path folder, long bytes) {
    long free = at(folder, () -> Files.getFileStore(folder).getUsableSpace());
    if (bytes > 0 && free < bytes + MARGIN) {
      throw new AkeebaException(
          ErrorKind.CONFIGURATION,
          "There is no room in %s: the archive needs %s bytes more, and %s are free."
              .formatted(folder, bytes, free));
    }
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "there is a file of this name";
    }
    String said = e instanceof FileSystemException fault ? fault.getReason() : e.getMessage();
    return said == null ? e.getClass().getSimpleName() : said;
  }
}
