package io.github.camelakeeba.config.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;

/** A list in a file. */
final class FileSource {
  private FileSource() {}

  static SourceContent read(SourceRequest request) throws SourceUnavailableException {
    try {
      Path file = request.file();
      if (Files.isDirectory(file)) {
        throw new SourceUnavailableException("it is a directory");
      }
      try (InputStream in = Files.newInputStream(file)) {
        return new SourceContent(bounded(in), null, file.getFileName().toString(), Instant.now());
      }
    } catch (NoSuchFileException | InvalidPathException e) {
      throw new SourceUnavailableException(
          "there is no such file; a relative name starts at the folder of sites.yaml", e);
    } catch (AccessDeniedException e) {
      throw new SourceUnavailableException("it cannot be read: permission denied", e);
    } catch (IOException e) {
      throw new SourceUnavailableException("it cannot be read: input or output error", e);
    }
  }

  /** All of it; throws where that is more than a list may be. */
  static byte[] bounded(InputStream in) throws IOException, SourceUnavailableException {
    byte[] bytes = in.readNBytes(SourceContent.MAX_BYTES + 1);
    if (bytes.length > SourceContent.MAX_BYTES) {
      throw new SourceUnavailableException(
          "it is larger than %s MiB".formatted(SourceContent.MAX_BYTES / 1024 / 1024));
    }
    return bytes;
  }
}
