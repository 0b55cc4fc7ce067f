package io.github.camelakeeba.archive.dump;

import io.github.camelakeeba.archive.format.ArchiveEntry;
import io.github.camelakeeba.archive.format.EntrySink;
import java.util.List;

/** Finds the dump among the files of an archive, and reads it. */
public final class DumpSink implements EntrySink {
  private static final String FOLDER = "installation/sql/";

  private final String archive;
  private final DumpReader dump;
  private boolean inDump;
  private boolean anyEntry;

  /** The archive's name: a {@code .sql} is the dump itself, and has no list of its tables. */
  public DumpSink(String archive) {
    this.archive = archive;
    this.dump = new DumpReader(!DumpReader.isPart(archive));
  }

  @Override
  public void begin(ArchiveEntry entry) {
    anyEntry = true;
    String path = entry.path();
    String name = path.startsWith(FOLDER) ? path.substring(FOLDER.length()) : path;
    inDump =
        entry.isFile()
            && (name.length() < path.length() && name.indexOf('/') < 0 || path.equals(archive))
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
  public DumpVerification verdict(DumpExpectation expected) {
    return anyEntry ? dump.verify(expected) : DumpVerification.NONE;
  }

  /** As {@link DumpReader#unaccounted}. */
  public String unaccounted() {
    return dump.unaccounted();
  }

  /** Of the dump, in its order, without views. */
  public List<DumpTable> tables() {
    return dump.tables();
  }

  /** Whether each file of the dump ended behind a statement. */
  public boolean complete() {
    return dump.complete();
  }
}
