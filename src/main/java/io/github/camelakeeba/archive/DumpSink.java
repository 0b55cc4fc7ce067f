package io.github.camelakeeba.archive;

import io.github.camelakeeba.archive.dump.DumpExpectation;
import io.github.camelakeeba.archive.dump.DumpReader;
import io.github.camelakeeba.archive.dump.DumpVerification;

/** Finds the dump among the files of an archive, and reads it. */
final class DumpSink implements EntrySink {
  private static final String FOLDER = "installation/sql/";

  private final String archive;
  private final DumpReader dump;
  private boolean inDump;
  private boolean anyEntry;

  /** The archive's name: a {@code .sql} is the dump itself, and has no list of its tables. */
  DumpSink(String archive) {
    this.archive = archive;
    this.dump = new DumpReader(!DumpReader.isPart(archive));
  }

  @Override
  public void begin(String path) {
    anyEntry = true;
    String name = path.startsWith(FOLDER) ? path.substring(FOLDER.length()) : path;
    inDump =
        (name.length() < path.length() && name.indexOf('/') < 0 || path.equals(archive))
            && DumpReader.isPart(name);
    if (inDump) {
      dump.begin(name);
    }
  }

  @Override
  public void bytes(byte[] from, int offset, int length) {
    if (inDump) {
      dump.bytes(from, offset, length);
    }
  }

  @Override
  public void end() {
    if (inDump) {
      dump.end();
    }
    inDump = false;
  }

  /** Nothing speaks against a dump that could not be read, or is encrypted. */
  DumpVerification verdict(DumpExpectation expected) {
    return anyEntry ? dump.verify(expected) : DumpVerification.NONE;
  }
}
