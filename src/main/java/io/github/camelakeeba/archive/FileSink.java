package io.github.camelakeeba.archive;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.BodySink;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.archive.format.BrokenArchiveException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Writes the bytes of a file where they belong, and not one more than there must be. */
final class FileSink implements BodySink {
  private static final Pattern PAGE =
      Pattern.compile("(?is)\\s*(<!doctype|<html|<br />|<\\?xml|\\{\\s*\"status\").*");

  private final FileDownload target;

  /** Each byte goes to its place in the site's file, whatever becomes of the partial one. */
  FileSink(FileDownload target) {
    this.target = target;
  }

  @Override
  public void consume(InputStream bytes) throws IOException {
    byte[] buffer = new byte[128 * 1024];
    long here = target.position();
    checkNotCancelled();
    try (PartialFile file = DiskErrors.translate(target.path(), target::openPartial)) {
      checkNotCancelled(); // or it has just been deleted, and was made anew
      int first = here == 0 ? bytes.readNBytes(buffer, 0, 512) : 0;
      if (first > 0) {
        check(buffer, first);
        here = write(file, buffer, first, here);
      }
      for (int n = bytes.read(buffer); n >= 0; n = bytes.read(buffer)) {
        here = write(file, buffer, n, here);
      }
    }
  }

  @Override
  public boolean received() {
    return target.downloadedBytes() > target.position();
  }

  void append(byte[] segment) {
    try {
      consume(new ByteArrayInputStream(segment));
    } catch (IOException e) {
      throw DiskErrors.writeFailure(target.path(), e);
    }
  }

  /** Of several files at once one may have failed meanwhile, and have deleted all. */
  private void checkNotCancelled() {
    if (target.progress().cancelled()) {
      throw new AkeebaException(
          ErrorKind.CONFIGURATION, "The other files of the archive could not be had.");
    }
  }

  private long write(PartialFile file, byte[] bytes, int length, long at) {
    checkNotCancelled();
    if (at + length > target.size()) {
      throw new BrokenArchiveException(
          "The file %s is longer than the %s bytes that the site lists.",
          target.name(), target.size());
    }
    try {
      file.write(bytes, length, at);
      target.progress().downloaded(length);
      return at + length;
    } catch (IOException e) {
      throw DiskErrors.writeFailure(target.path(), e);
    }
  }

  /** A page or an error in a file's place is not written at all, and says nothing of the file. */
  private void check(byte[] bytes, int length) {
    byte[] head = Arrays.copyOf(bytes, length);
    if (PAGE.matcher(new String(head, StandardCharsets.ISO_8859_1)).matches()) {
      throw new AkeebaException(
          ErrorKind.VERIFICATION,
          "In place of the file %s comes a page of the web server or an error, and no archive."
              .formatted(target.name()));
    }
    String defect = target.signature() == null ? null : target.signature().mismatch(head);
    if (defect != null) {
      throw new BrokenArchiveException("The file %s %s.", target.name(), defect);
    }
  }
}
