package io.github.camelakeeba.app.cli.setup;

import io.github.camelakeeba.config.ConfigurationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;

/** A file with sites, which is replaced as a whole or not at all. */
final class SitesFileWriter {
  private final Path file;
  private final String label;

  /** The label is how sentences name the file. */
  SitesFileWriter(Path file, String label) {
    this.file = file;
    this.label = label;
  }

  /** Null: there is no such file. */
  String read() throws IOException {
    try {
      return Files.exists(file) ? Files.readString(file) : null;
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(label + ": cannot be read: not UTF-8 text");
    }
  }

  /**
   * Writes the secrets and then the file, or nothing: also not when the file is not what it was any
   * more (null: not there).
   */
  void write(String before, String after, SecretFiles secrets) throws IOException {
    List<Path> written = secrets.write();
    try {
      replace(before, after);
    } catch (IOException | RuntimeException e) {
      SecretFiles.remove(written);
      throw e;
    }
  }

  private void replace(String before, String after) throws IOException {
    // a link stays one, and what it leads to is replaced
    Path target = Files.exists(file) ? file.toRealPath() : file;
    createFolder(target.toAbsolutePath().getParent());
    Path part = Files.createTempFile(target.toAbsolutePath().getParent(), ".sites", ".part");
    try {
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        ByteBuffer text = ByteBuffer.wrap(after.getBytes(StandardCharsets.UTF_8));
        while (text.hasRemaining()) {
          channel.write(text);
        }
        channel.force(true);
      }
      permit(part, before == null ? null : target);
      if (!Objects.equals(read(), before)) {
        throw new FileAlreadyExistsException(label);
      }
      if (before == null) {
        Files.move(part, target); // never over one that was made meanwhile
      } else {
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (FileAlreadyExistsException e) {
      throw new ConfigurationException(label + " was changed meanwhile; nothing was written");
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Not for everybody to write, whatever the user's mask says: it decides where secrets go. */
  static void createFolder(Path folder) throws IOException {
    Files.createDirectories(folder, SecretFiles.only("rwxrwxr-x"));
  }

  /**
   * As the file that is replaced; a new one is as others of the user's, but not for all to write.
   */
  private static void permit(Path part, Path like) throws IOException {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    if (like != null) {
      Files.setPosixFilePermissions(part, Files.getPosixFilePermissions(like));
      return;
    }
    // a temporary file is its owner's alone; what the user's mask says shows in a plain new file
    Path plain = part.resolveSibling(part.getFileName() + ".new");
    try {
      Files.createFile(plain, SecretFiles.only("rw-rw-r--"));
      Files.setPosixFilePermissions(part, Files.getPosixFilePermissions(plain));
    } finally {
      Files.deleteIfExists(plain);
    }
  }
}
