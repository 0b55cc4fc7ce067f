package io.github.camelakeeba.census;

import io.github.camelakeeba.archive.dump.DumpExpectation;
import io.github.camelakeeba.archive.dump.DumpSink;
import io.github.camelakeeba.archive.dump.DumpVerification;
import io.github.camelakeeba.archive.format.ArchiveEntry;
import io.github.camelakeeba.archive.format.EntrySink;

/** Counts what is in an archive while it is read, and judges the dump in it. */
public final class CensusSink implements EntrySink {
  private static final String INSTALLATION = "installation/"; // what Akeeba adds to restore it

  private final String archive;
  private final DumpSink dump;
  private long files;
  private long bytes;
  private boolean anyEntry;
  private boolean counted;

  /** The archive's name: a {@code .sql} is the dump itself, and holds no files. */
  public CensusSink(String archive) {
    this.archive = archive;
    this.dump = new DumpSink(archive);
  }

  @Override
  public void begin(ArchiveEntry entry) {
    anyEntry = true;
    String path = entry.path();
    counted = entry.isFile() && !path.startsWith(INSTALLATION) && !path.equals(archive);
    files += counted ? 1 : 0;
    dump.begin(entry);
  }

  @Override
  public void bytes(byte[] from, int offset, int length) {
    bytes += counted ? length : 0;
    dump.bytes(from, offset, length);
  }

  @Override
  public void end() {
    dump.end();
  }

  /** Nothing speaks against a dump that could not be read, or is encrypted. */
  public DumpVerification verdict(DumpExpectation expected) {
    return dump.verdict(expected);
  }

  /** What was counted; null: the contents could not be read, as of an encrypted archive. */
  public Census census() {
    return anyEntry ? new Census(files, bytes, dump.complete(), dump.tables()) : null;
  }
}
