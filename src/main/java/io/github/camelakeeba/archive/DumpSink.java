package io.github.camelakeeba.archive;

import io.github.camelakeeba.dump.DumpExpectation;
import io.github.camelakeeba.dump.DumpReading;
import io.github.camelakeeba.dump.DumpVerdict;

/** Finds the dump among the files of an archive, and reads it. */
final class DumpSink implements EntrySink {
  private static final String FOLDER = "installation/sql/";

  private final String archive;
  private final DumpReading dump;
  private boolean reads;
  private boolean told;

  /**
   * For an archive of this name.
   *
   * @param archive a {@code .sql} is the dump itself, and has no list of what it should hold
   */
  DumpSink(String archive) {
    this.archive = archive;
    this.dump = new DumpReading(!DumpReading.isPart(archive));
  }

  @Override
  public void begin(String path) {
    told = true;
    String name = path.startsWith(FOLDER) ? path.substring(FOLDER.length()) : path;
    reads =
        (name.length() < path.length() && name.indexOf('/') < 0 || path.equals(archive))
            && DumpReading.isPart(name);
    if (reads) {
      dump.begin(name);
    }
  }

  @Override
  public void bytes(byte[] from, int offset, int length) {
    if (reads) {
      dump.bytes(from, offset, length);
    }
  }

  @Override
  public void end() {
    if (reads) {
      dump.end();
    }
    reads = false;
  }

  /** What the dump is worth; nothing speaks against one that could not be read, or is encrypted. */
  DumpVerdict verdict(DumpExpectation expected) {
    return told ? dump.verdict(expected) : DumpVerdict.NONE;
  }
}
