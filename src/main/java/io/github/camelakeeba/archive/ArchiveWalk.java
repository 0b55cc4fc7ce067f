package io.github.camelakeeba.archive;

import java.io.IOException;

/** Reads an archive of one kind from its first byte to its last. */
interface ArchiveWalk {
  /**
   * Why some of it could not be read; null: all was. Throws {@link Broken} with what is wrong and
   * where, {@link java.io.EOFException} where the bytes end before the archive does.
   */
  String unread() throws IOException;

  /** Entries whose headers have been read so far. */
  long entries();
}
