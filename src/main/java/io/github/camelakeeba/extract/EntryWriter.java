package io.github.camelakeeba.extract;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.archive.DiskErrors;
import io.github.camelakeeba.archive.format.ArchiveEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Writes one file after the other: into {@code .extract-part} beside its place, read back and
 * compared before it gets its name. A file that is there already is compared with what comes, and
 * only written where it differs.
 */
final class EntryWriter implements AutoCloseable {
  private static final int BUFFER = 128 * 1024;
  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private final FileModes modes;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private final byte[] existingBytes = new byte[BUFFER];
  private final CRC32 written = new CRC32();
  private final CRC32 readBack = new CRC32();

  private Path target;
  private ArchiveEntry entry;
  private boolean replaceable;
  private long size; // bytes that came
  private InputStream existing; // not null: all that came is in the file that is there
  private Path partial;
  private FileChannel out;

  EntryWriter(FileModes modes) {
    this.modes = modes;
  }

  /** What is at the place of a file. */
  enum Found {
    NOTHING,
    FILE,
    OTHER
  }

  static Found find(Path target) {
    if (Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
      return Found.FILE;
    }
    return Files.exists(target, LinkOption.NOFOLLOW_LINKS) ? Found.OTHER : Found.NOTHING;
  }

  /**
   * A file comes, whose folder is there.
   *
   * @param present whether a file of the name is there already
   * @param mayReplace whether that may be replaced
   */
  void begin(Path place, ArchiveEntry what, boolean present, boolean mayReplace) {
    target = place;
    entry = what;
    replaceable = mayReplace;
    size = 0;
    written.reset();
    DiskErrors.translate(
        target,
        () -> {
          if (!present) {
            createPartial();
          } else if (what.size() >= 0 && Files.size(target) != what.size()
              || !Files.isReadable(target)) {
            differs();
            createPartial();
          } else {
            existing = Files.newInputStream(target, LinkOption.NOFOLLOW_LINKS);
          }
          return null;
        });
  }

  void write(byte[] bytes, int offset, int length) {
    DiskErrors.translate(
        target,
        () -> {
          if (existing != null && !isNext(bytes, offset, length)) {
            differs();
            existing.close();
            existing = null;
            createPartial();
            copyBeginning();
          }
          if (existing == null) {
            append(ByteBuffer.wrap(bytes, offset, length));
            written.update(bytes, offset, length);
          }
          size += length;
          return null;
        });
  }

  private boolean isNext(byte[] bytes, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      int n = existing.readNBytes(existingBytes, 0, Math.min(BUFFER, length - done));
      if (n == 0 || !Arrays.equals(existingBytes, 0, n, bytes, offset + done, offset + done + n)) {
        return false;
      }
      done += n;
    }
    return true;
  }

  private void differs() {
    if (!replaceable) {
      throw new AkeebaException(
          ErrorKind.CONFIGURATION,
          "%s is there already, with other contents. Choose an empty folder, move the file away, or let it be replaced (--overwrite)."
              .formatted(target));
    }
  }

  private void createPartial() throws IOException {
    partial = target.resolveSibling(EntryPath.PARTIAL_FILE);
    try {
      out = FileChannel.open(partial, NEW, modes.whileWritten(entry));
    } catch (FileAlreadyExistsException e) {
      Files.delete(partial); // of one that was killed
      out = FileChannel.open(partial, NEW, modes.whileWritten(entry));
    }
  }

  /** The bytes before the first difference came already, and are in the file that is there. */
  private void copyBeginning() throws IOException {
    try (InputStream same = Files.newInputStream(target, LinkOption.NOFOLLOW_LINKS)) {
      for (long left = size; left > 0; ) {
        int n = same.readNBytes(existingBytes, 0, (int) Math.min(BUFFER, left));
        if (n == 0) {
          throw new IOException("it became shorter while it was read");
        }
        append(ByteBuffer.wrap(existingBytes, 0, n));
        written.update(existingBytes, 0, n);
        left -= n;
      }
    }
  }

  private void append(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  /**
   * All of the file has come. Returns whether it was written; false: it was there already.
   *
   * @param named is called before a written file gets its name
   */
  boolean finish(Runnable named) {
    return DiskErrors.translate(
        target,
        () -> {
          if (existing != null) {
            boolean whole = existing.read() < 0;
            existing.close();
            existing = null;
            if (whole) {
              modes.set(target, entry);
              return false;
            }
            differs();
            createPartial();
            copyBeginning();
          }
          out.close();
          out = null;
          checkWritten();
          modes.set(partial, entry);
          named.run();
          move();
          partial = null;
          return true;
        });
  }

  /** What the file system gives back is what was written, to the byte. */
  private void checkWritten() throws IOException {
    readBack.reset();
    long found = 0;
    try (FileChannel in = FileChannel.open(partial, StandardOpenOption.READ)) {
      buffer.clear();
      while (in.read(buffer) >= 0) {
        buffer.flip();
        found += buffer.remaining();
        readBack.update(buffer);
        buffer.clear();
      }
    }
    if (found != size || readBack.getValue() != written.getValue()) {
      throw new IOException("what was written is not what can be read back");
    }
  }

  private void move() throws IOException {
    Files.move(
        partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Leaves nothing of a file that did not come to its end. */
  @Override
  public void close() {
    try {
      if (existing != null) {
        existing.close();
        existing = null;
      }
      if (out != null) {
        out.close();
        out = null;
      }
      if (partial != null) {
        Files.deleteIfExists(partial);
        partial = null;
      }
    } catch (IOException e) {
      // it bears no name of the archive's; the next extraction takes it away
    }
  }
}
