package io.github.camelakeeba.archive.format;

import io.github.camelakeeba.secret.Secret;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;

/**
 * Reads archives in one pass, in the order of their bytes, in a memory that does not depend on
 * their size: JPA 1.2 and 1.3, ZIP, JPS 2.0, and plain SQL.
 */
public final class ArchiveReader {
  private ArchiveReader() {}

  /**
   * Reads an archive from its first byte to its last, with a checksum of each of its files. Throws
   * {@link BrokenArchiveException} when it is not whole, which entries already given to the sink
   * don't show; {@link IOException} when the source or the sink fails.
   *
   * @param passwords candidates for an encrypted archive, of which the first that fits is taken;
   *     where none does, its structure is checked and its entries are not reported
   */
  public static ArchiveVerification read(
      ArchiveSource source, List<Secret> passwords, ReadProgress progress, EntrySink sink)
      throws IOException {
    return read(source, passwords, progress, sink, true);
  }

  /**
   * The same without checksums of the files, which cost a tenth of the time, and more where the CPU
   * has no instructions for SHA-256 (measured).
   */
  public static ArchiveVerification readWithoutChecksums(
      ArchiveSource source, List<Secret> passwords, ReadProgress progress, EntrySink sink)
      throws IOException {
    return read(source, passwords, progress, sink, false);
  }

  private static ArchiveVerification read(
      ArchiveSource source,
      List<Secret> passwords,
      ReadProgress progress,
      EntrySink sink,
      boolean checksums)
      throws IOException {
    try (VolumesInput volumes = new VolumesInput(source.volumes(), progress, checksums)) {
      LittleEndianInput in = new LittleEndianInput(volumes, volumes.begins());
      FormatReader reader = readerFor(source.name(), source.volumes().size(), passwords, in, sink);
      String unread = read(reader, in);
      volumes.transferTo(OutputStream.nullOutputStream());
      return new ArchiveVerification(unread, volumes.checksums(), reader.encryption());
    }
  }

  static String read(FormatReader reader, LittleEndianInput in) throws IOException {
    try {
      return reader.unreadableReason();
    } catch (EOFException e) {
      throw new BrokenArchiveException(
          "The archive ends in the middle, after %s bytes.", in.position());
    }
  }

  static FormatReader readerFor(
      String name, int volumes, List<Secret> passwords, LittleEndianInput in, EntrySink sink) {
    String format = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (format) {
      case "jpa" -> new JpaReader(in, volumes, sink);
      case "zip" -> new ZipReader(in, volumes, sink);
      case "jps" -> new JpsReader(in, volumes, passwords, sink);
      case "sql" -> new SqlReader(in, name, sink);
      default ->
          new FormatReader(in) {
            @Override
            String unreadableReason() {
              entries = 1;
              return "an archive of the kind ." + format + " can't be read";
            }
          };
    };
  }
}
