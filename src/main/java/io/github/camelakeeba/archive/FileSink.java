package io.github.camelakeeba.archive;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.BodySink;
import io.github.camelakeeba.akeeba.ErrorKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Writes the bytes of a file where they belong, and not one more than there must be. */
final class FileSink implements BodySink {
  private static final int BUFFER_BYTES = 128 * 1024;
  private static final Pattern PAGE =
      Pattern.compile("(?is)\\s*(<!doctype|<html|<br />|<\\?xml|\\{\\s*\"status\").*");

  private final FileDownload pull;
  private final long position;

  /**
   * Behind so many bytes. Each byte goes to the place that it has in the site's file, whatever has
   * become of the half meanwhile.
   */
  FileSink(FileDownload pull, long position) {
    this.pull = pull;
    this.position = position;
  }

  @Override
  public void consume(InputStream bytes) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long here = position;
    try (FileChannel file = open()) {
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
    return pull.downloadedBytes() > position;
  }

  /** Writes a piece. */
  void append(byte[] piece) {
    try (FileChannel file = open()) {
      if (position == 0) {
        check(piece, Math.min(piece.length, 512));
      }
      write(file, piece, piece.length, position);
    } catch (IOException e) {
      throw DiskErrors.writeFailure(pull.partialFile(), e);
    }
  }

  private FileChannel open() throws IOException {
    checkNotCancelled();
    FileChannel file =
        DiskErrors.translate(
            pull.partialFile(),
            () ->
                FileChannel.open(
                    pull.partialFile(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS));
    try {
      checkNotCancelled(); // or it has just been taken away, and was made anew
      return file;
    } catch (AkeebaException e) {
      file.close();
      throw e;
    }
  }

  /** Of several files at once one may have failed meanwhile, and have taken all away. */
  private void checkNotCancelled() {
    if (pull.progress().cancelled()) {
      throw new AkeebaException(
          ErrorKind.CONFIGURATION, "The other files of the archive could not be had.");
    }
  }

  private long write(FileChannel file, byte[] bytes, int length, long at) {
    checkNotCancelled();
    if (at + length > pull.size()) {
      throw new BrokenArchiveException(
          "The file %s is longer than the %s bytes that the site lists.", pull.name(), pull.size());
    }
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
      long position = at;
      while (buffer.hasRemaining()) {
        position += file.write(buffer, position);
      }
      pull.progress().downloaded(length);
      return position;
    } catch (IOException e) {
      throw DiskErrors.writeFailure(pull.partialFile(), e);
    }
  }

  /** A page or an error in a file's place is not written at all. */
  private void check(byte[] bytes, int length) {
    byte[] head = Arrays.copyOf(bytes, length);
    String complaint = pull.signature() == null ? null : pull.signature().mismatch(head);
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (complaint == null && PAGE.matcher(text).matches()) {
      complaint = "is a page of the web server or an error, and no archive";
    }
    if (complaint != null) {
      throw new BrokenArchiveException("The file %s %s.", pull.name(), complaint);
    }
  }
}
