package io.github.camelakeeba.archive.format;

import io.github.camelakeeba.archive.format.ArchiveVerification.Encryption;
import java.io.IOException;

/** Reads an archive of one kind from its first byte to its last. */
abstract class FormatReader {
  final LittleEndianInput in;
  long entries; // with headers that were read so far

  FormatReader(LittleEndianInput in) {
    this.in = in;
  }

  /**
   * Why some of it could not be read; null: all was. Throws {@link BrokenArchiveException}, and
   * {@link java.io.EOFException} where the bytes end before the archive does.
   */
  abstract String unreadableReason() throws IOException;

  /** What became of its encryption, once it was read. */
  Encryption encryption() {
    return Encryption.NONE;
  }

  /** Throws when the archive does not consist of as many files as there are. */
  static void checkVolumes(int stated, int found) {
    if (stated != found) {
      throw new BrokenArchiveException(
          "The archive says that it consists of %s files, not of %s.", stated, found);
    }
  }

  /** Throws when bytes follow what must be the archive's last. */
  final void checkNothingFollows(String last) throws IOException {
    if (!in.atEnd()) {
      throw new BrokenArchiveException(
          "Something follows the %s of the archive, at byte %s.", last, in.position());
    }
  }
}
