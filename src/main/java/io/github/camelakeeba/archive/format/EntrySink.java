package io.github.camelakeeba.archive.format;

import java.io.IOException;

/**
 * Receives what is in an archive while it is read, in its order, in one pass: {@code begin}, the
 * bytes, {@code end}, entry after entry. What it throws ends the reading. The same path may come
 * twice.
 *
 * <p>A folder has no bytes; those of a link are the name of its target. A file whose contents can't
 * be read (packed by bzip2) is begun and not ended. A {@code .sql} that is no archive is one file
 * with its own name. An encrypted archive without its password reports nothing.
 */
public interface EntrySink {
  EntrySink NONE = new EntrySink() {};

  default void begin(ArchiveEntry entry) throws IOException {}

  /** The next bytes of the entry, inflated; the array is used again after the call. */
  default void bytes(byte[] from, int offset, int length) throws IOException {}

  /** The entry was whole: of the size, and the checksum, that the archive states. */
  default void end() throws IOException {}
}
