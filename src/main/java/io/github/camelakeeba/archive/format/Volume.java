package io.github.camelakeeba.archive.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of an archive, wherever its bytes come from. */
public interface Volume {
  /** The file's name, without a folder. */
  String name();

  /** Bytes; -1: not known. */
  long size();

  /**
   * All bytes of it, from the first on; opened when those before it were read, and closed by the
   * reader. A transfer that breaks off throws {@link IOException} from {@code read}: an early end
   * of the stream means that the archive is broken.
   */
  InputStream open() throws IOException;

  /** A file here. */
  static Volume of(Path file) {
    return new Volume() {
      @Override
      public String name() {
        return file.getFileName().toString();
      }

      @Override
      public long size() {
        try {
          return Files.size(file);
        } catch (IOException e) {
          return -1; // open will tell
        }
      }

      @Override
      public InputStream open() throws IOException {
        return Files.newInputStream(file);
      }
    };
  }
}
