package io.github.camelakeeba.archive;

import java.io.IOException;

/** Reads an archive of one kind from its first byte to its last. */
interface ArchiveVerifier {
  /**
   * Why some of it could not be read; null: all was. Throws {@link BrokenArchiveException} with
   * what is wrong and where, {@link java.io.EOFException} where the bytes end before the archive
   * does.
   */
  String unreadableReason() throws IOException;

  /** Entries whose headers have been read so far. */
  long entries();
}
