package io.github.camelakeeba.archive;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What fails on the disk is no failure of the site. */
public final class DiskErrors {
  private static final long MIN_FREE_BYTES = 1024 * 1024; // for the files beside the archive

  private DiskErrors() {}

  @FunctionalInterface
  public interface DiskAction<T> {
    T run() throws IOException;
  }

  /** The result; throws {@code configuration} with the path and the reason. */
  public static <T> T translate(Path path, DiskAction<T> action) {
    try {
      return action.run();
    } catch (IOException e) {
      throw writeFailure(path, e);
    }
  }

  public static AkeebaException writeFailure(Path path, IOException e) {
    return new AkeebaException(
        ErrorKind.CONFIGURATION, "%s can't be written: %s.".formatted(path, reason(e)), e);
  }

  /** Throws {@code configuration} when so many bytes have no room in the folder. */
  static void checkFreeSpace(Path folder, long bytes) {
    long free = translate(folder, () -> Files.getFileStore(folder).getUsableSpace());
    if (bytes > 0 && free < bytes + MIN_FREE_BYTES) {
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
    String reason = e instanceof FileSystemException disk ? disk.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
