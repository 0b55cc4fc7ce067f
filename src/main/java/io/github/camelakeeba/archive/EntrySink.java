package io.github.camelakeeba.archive;

import java.io.IOException;

/**
 * Receives the files in an archive while it is read, in their order, each in one pass; what it
 * throws ends the reading.
 *
 * <p>Folders are not reported, nor the links of a JPA; a link in a ZIP looks like a file that holds
 * its target. A file whose contents can't be read (packed by bzip2) is begun and not ended. A
 * {@code .sql} that is no archive is one file with its own name. An encrypted archive reports
 * nothing.
 */
public interface EntrySink {
  EntrySink NONE = new EntrySink() {};

  /** A file begins; its path is as the archive has it, relative, with '/', UTF-8. */
  default void begin(String path) throws IOException {}

  /** The next bytes of the file, inflated; the array is used again after the call. */
  default void bytes(byte[] from, int offset, int length) throws IOException {}

  /** The file was whole: of the size, and the checksum, that the archive states. */
  default void end() throws IOException {}
}
