package io.github.camelakeeba.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What an archive that was read from its first byte to its last is like.
 *
 * @param unreadableReason what of it could not be read, and why; null: all was read
 * @param checksums SHA-256 of the files, in their order, in hex
 */
record ArchiveVerification(String unreadableReason, List<String> checksums) {

  /**
   * Reads the files of an archive in the order of its bytes. Throws {@link BrokenArchiveException}
   * when it is not whole, {@link IOException} when the disk fails.
   *
   * @param name the archive's own name, whose end tells its kind
   */
  static ArchiveVerification of(
      String name, List<Path> files, DownloadProgress progress, EntrySink sink) throws IOException {
    progress.reading();
    try (MultiVolumeInput volumes = new MultiVolumeInput(files, progress)) {
      LittleEndianInput in = new LittleEndianInput(volumes.stream());
      String unread = read(verifierFor(name, files.size(), in, sink), in);
      volumes.stream().transferTo(OutputStream.nullOutputStream());
      return new ArchiveVerification(unread, volumes.checksums());
    }
  }

  static String read(ArchiveVerifier verifier, LittleEndianInput in) throws IOException {
    try {
      return verifier.unreadableReason();
    } catch (EOFException e) {
      throw new BrokenArchiveException(
          "The archive ends in the middle, after %s bytes.", in.position());
    }
  }

  static ArchiveVerifier verifierFor(String name, int files, LittleEndianInput in, EntrySink sink) {
    String kind = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (kind) {
      case "jpa" -> new JpaVerifier(in, files, sink);
      case "zip" -> new ZipVerifier(in, sink);
      case "jps" -> new JpsVerifier(in, files);
      case "sql" -> new SqlVerifier(in, name, sink);
      default ->
          new ArchiveVerifier(in) {
            @Override
            String unreadableReason() {
              entries = 1;
              return "an archive of the kind ." + kind + " can't be read";
            }
          };
    };
  }
}
