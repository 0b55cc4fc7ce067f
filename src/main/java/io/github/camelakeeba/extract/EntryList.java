package io.github.camelakeeba.extract;

import io.github.camelakeeba.archive.format.ArchiveEntry;
import io.github.camelakeeba.archive.format.EntrySink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Hands out the entries of an archive, one by one, once each is known whole. */
public final class EntryList implements EntrySink {
  private static final int MAX_TARGET = 4096; // bytes that are shown

  private final PathFilter only;
  private final Listener listener;
  private final ByteArrayOutputStream target = new ByteArrayOutputStream();
  private ArchiveEntry entry;
  private long size;
  private long reported;

  EntryList(PathFilter only, Listener listener) {
    this.only = only;
    this.listener = listener;
  }

  /** Gets the entries in the order of the archive. */
  @FunctionalInterface
  public interface Listener {
    /**
     * @param size bytes; of a file that can't be read what the archive states, or -1
     * @param target of a link; null: it is none
     * @param readable whether its contents can be read
     */
    void entry(ArchiveEntry entry, long size, String target, boolean readable) throws IOException;
  }

  @Override
  public void begin(ArchiveEntry next) throws IOException {
    finish();
    reported++;
    entry = only.accepts(next.path()) ? next : null;
    size = 0;
    target.reset();
  }

  @Override
  public void bytes(byte[] from, int offset, int length) {
    size += length;
    if (entry != null && entry.kind() == ArchiveEntry.Kind.LINK) {
      target.write(from, offset, Math.min(length, MAX_TARGET - target.size()));
    }
  }

  @Override
  public void end() throws IOException {
    if (entry != null) {
      boolean link = entry.kind() == ArchiveEntry.Kind.LINK;
      listener.entry(entry, size, link ? target.toString(StandardCharsets.UTF_8) : null, true);
    }
    entry = null;
  }

  /** What was begun and has no end could not be read. */
  void finish() throws IOException {
    if (entry != null) {
      listener.entry(entry, entry.size(), null, false);
      entry = null;
    }
  }

  long reported() {
    return reported;
  }
}
