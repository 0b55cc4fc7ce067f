package io.github.camelakeeba.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a reading of an archive from its first byte to its last has shown.
 *
 * @param unread what of it could not be read, and why; null: all was read
 * @param sums SHA-256 of the files, in their order, in hex
 */
record ArchiveReading(String unread, List<String> sums) {

  /**
   * Reads the files of an archive in the order of its bytes. Throws {@link Broken} when it is not
   * whole, {@link IOException} when the disk fails.
   *
   * @param name the archive's own name, whose end tells its kind
   * @param sink gets what is in it
   */
  static ArchiveReading of(String name, List<Path> files, PullProgress progress, EntrySink sink)
      throws IOException {
    progress.reading();
    try (Volumes volumes = new Volumes(files, progress)) {
      LittleEndian in = new LittleEndian(volumes.stream());
      String unread = read(walk(name, files.size(), in, sink), in);
      volumes.stream().transferTo(OutputStream.nullOutputStream());
      return new ArchiveReading(unread, volumes.sums());
    }
  }

  /** Reads all that must be there. */
  static String read(ArchiveWalk walk, LittleEndian in) throws IOException {
    try {
      return walk.unread();
    } catch (EOFException e) {
      throw new Broken("The archive ends in the middle, after %s bytes.", in.position());
    }
  }

  /** What reads an archive of this name, in so many files. */
  static ArchiveWalk walk(String name, int files, LittleEndian in, EntrySink sink) {
    String kind = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (kind) {
      case "jpa" -> new JpaWalk(in, files, sink);
      case "zip" -> new ZipWalk(in, sink);
      case "jps" -> new JpsWalk(in, files);
      case "sql" -> new SqlWalk(in, name, sink);
      default -> new UnknownWalk(kind);
    };
  }

  /** Of a kind that nobody knows. */
  private record UnknownWalk(String kind) implements ArchiveWalk {
    @Override
    public String unread() {
      return "an archive of the kind ." + kind + " can't be read";
    }

    @Override
    public long entries() {
      return 1;
    }
  }
}
