package io.github.camelakeeba.config.source;

import io.github.camelakeeba.config.source.SourceContent.Format;
import io.github.camelakeeba.secret.OwnerOnlyFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The last good lists in a folder, a file each, which only its owner can read: they may hold
 * secrets. Each file's time is that of its list.
 */
final class SourceCopies {
  private final Path folder; // null: none is kept

  SourceCopies(Path folder) {
    this.folder = folder;
  }

  /** Empty where there is none, or none that can be read. */
  Optional<SourceContent> read(SourceRequest request) {
    if (folder == null) {
      return Optional.empty();
    }
    for (Format format : Format.values()) {
      Path file = file(request, format);
      try {
        return Optional.of(
            new SourceContent(
                Files.readAllBytes(file),
                null,
                file.getFileName().toString(),
                Files.getLastModifiedTime(file).toInstant()));
      } catch (NoSuchFileException e) {
        // of another format, or none
      } catch (IOException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** A process that is killed meanwhile leaves the one before. */
  void write(SourceRequest request, Format format, SourceContent content) throws IOException {
    if (folder == null) {
      return;
    }
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    OwnerOnlyFile.createFolder(folder);
    Path file = file(request, format);
    Path written =
        Files.createTempFile(
            folder, ".list", ".tmp", posix ? owner("rw-------") : new FileAttribute<?>[0]);
    try {
      try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content.bytes());
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.setLastModifiedTime(written, FileTime.from(content.readAt()));
      Files.move(
          written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(written);
    }
    for (Format other : Format.values()) {
      if (other != format) {
        Files.deleteIfExists(file(request, other));
      }
    }
  }

  /** Copies of sources that are configured no more go: their secrets are needed no more. */
  void removeOthers(Set<SourceRequest> kept) throws IOException {
    if (folder == null || !Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{csv,json,yaml}")) {
      for (Path file : files) {
        String key = file.getFileName().toString().replaceFirst("\\..*", "");
        if (kept.stream().noneMatch(one -> one.key().equals(key))) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private Path file(SourceRequest request, Format format) {
    return folder.resolve(request.key() + "." + format.ending());
  }

  private static FileAttribute<?>[] owner(String permissions) {
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }
}
