package io.github.camelakeeba.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a reading of an archive from its first byte to its last has shown.
 *
 * @param unread why its content could not be walked; null: it is readable
 * @param sums SHA-256 of the files, in their order, in hex
 */
record ArchiveReading(String unread, List<String> sums) {

  /**
   * Reads the files of an archive in the order of its bytes. Throws {@link Broken} when it is not
   * whole, {@link IOException} when the disk fails.
   *
   * @param name the archive's own name, whose end tells its kind
   */
  static ArchiveReading of(String name, List<Path> files, PullProgress progress)
      throws IOException {
    progress.reading();
    try (Volumes volumes = new Volumes(files, progress)) {
      String unread = walk(name, volumes, files.size());
      volumes.stream().transferTo(OutputStream.nullOutputStream());
      return new ArchiveReading(unread, volumes.sums());
    }
  }

  private static String walk(String name, Volumes volumes, int files) throws IOException {
    String kind = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    switch (kind) {
      case "jpa" -> {
        return new JpaWalk(volumes.stream(), files).unread();
      }
      case "zip" -> {
        new ZipWalk(volumes.stream()).walk();
        return null;
      }
      case "jps" -> {
        return "it is encrypted";
      }
      default -> {
        return "an archive of the kind ." + kind + " can't be walked";
      }
    }
  }
}
