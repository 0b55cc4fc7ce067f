package io.github.camelakeeba.archive;

import java.io.IOException;

/** Reads an archive of one kind from its first byte to its last. */
abstract class ArchiveVerifier {
  final LittleEndianInput in;
  long entries; // with headers that were read so far

  ArchiveVerifier(LittleEndianInput in) {
    this.in = in;
  }

  /**
   * Why some of it could not be read; null: all was. Throws {@link BrokenArchiveException}, and
   * {@link java.io.EOFException} where the bytes end before the archive does.
   */
  abstract String unreadableReason() throws IOException;

  /** Throws when the archive does not consist of as many files as the site lists. */
  static void checkVolumes(int stated, int listed) {
    if (stated != listed) {
      throw new BrokenArchiveException(
          "The archive says that it has %s files, but the site lists %s.", stated, listed);
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
