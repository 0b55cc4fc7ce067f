package io.github.camelakeeba.extract;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.archive.DiskErrors;
import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.secret.UntrustedText;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file in a folder that says, while an archive is extracted into it, of which archive, and
 * which files are from it: one that was interrupted goes on by it, and no other file is replaced. A
 * file is named before it gets its name, so that after a kill none is missing. It is locked
 * meanwhile, and deleted when all is done.
 */
final class ExtractJournal implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final PathHashes before;
  private boolean done;

  private ExtractJournal(Path file, FileChannel channel, PathHashes before) {
    this.file = file;
    this.channel = channel;
    this.before = before;
  }

  /**
   * Throws {@code configuration} where another process extracts into the folder, and where another
   * archive was not extracted to its end, unless what is there may be overwritten.
   */
  static ExtractJournal open(Path folder, ArchiveSource source, boolean overwrite) {
    Path file = folder.resolve(EntryPath.JOURNAL);
    FileChannel channel = DiskErrors.translate(file, () -> lock(file));
    if (channel == null) {
      throw new AkeebaException(
          ErrorKind.CONFIGURATION,
          "An archive is being extracted into %s already.".formatted(folder));
    }
    try {
      String head = head(source);
      PathHashes before = new PathHashes();
      String found = DiskErrors.translate(file, () -> read(file, before));
      if (found != null && !found.equals(head)) {
        if (!overwrite) {
          throw new AkeebaException(
              ErrorKind.CONFIGURATION,
              "Another archive, %s, was begun to be extracted into %s. Choose another folder, or delete %s there."
                  .formatted(
                      UntrustedText.asName(found.replaceFirst("\t.*", "")),
                      folder,
                      EntryPath.JOURNAL));
        }
        DiskErrors.translate(file, () -> channel.truncate(0));
        found = null;
      }
      ExtractJournal journal =
          new ExtractJournal(file, channel, found == null ? new PathHashes() : before);
      if (found == null) {
        journal.write(head);
      }
      return journal;
    } catch (RuntimeException e) {
      close(channel);
      throw e;
    }
  }

  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // one in this process
    } catch (IOException e) {
      return channel; // a file system without locks: as good as it gets
    }
    channel.close();
    return null;
  }

  /** The first line; null: there is none, or a part of one. */
  private static String read(Path file, PathHashes paths) throws IOException {
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      String head = in.readLine();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        paths.add(line);
      }
      return head == null || head.isEmpty() || !head.endsWith("\t") ? null : head;
    }
  }

  /** The same archive, wherever it is read from. */
  private static String head(ArchiveSource source) {
    return "%s\t%s\t".formatted(line(source.name()), source.size());
  }

  /** A path as a line: what would end it is written as blanks, here as when it is looked for. */
  private static String line(String path) {
    return path.replaceAll("[\\r\\n\\t]", " ");
  }

  /** Whether an extraction that was interrupted has written the file, or was about to. */
  boolean lists(String path) {
    return before.contains(line(path));
  }

  /** The file is about to get its name. */
  void add(String path) {
    if (before.add(line(path))) {
      write(line(path));
    }
  }

  private void write(String line) {
    DiskErrors.translate(
        file,
        () -> {
          ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
          long at = channel.size();
          while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
          }
          return at;
        });
  }

  /** Nothing is left to go on with: it is deleted when it is closed. */
  void done() {
    done = true;
  }

  @Override
  public void close() {
    DiskErrors.translate(
        file,
        () -> {
          if (done) {
            Files.deleteIfExists(file); // before the lock is given up
          }
          channel.close();
          return null;
        });
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // the reason why it is closed is told
    }
  }
}
