package io.github.camelakeeba.archive.dump;

import org.roaringbitmap.longlong.LongIterator;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** What one file of a dump holds of a table. */
final class TableRowCount {
  private static final int LONG_RUN = 1 << 16; // keys; a range costs milliseconds (measured)

  long rows; // also those that occur twice
  long duplicates; // rows whose primary key has occurred; 0 without such a key

  long firstDuplicate = Long.MAX_VALUE;
  long lastDuplicate = Long.MIN_VALUE;

  private Roaring64Bitmap keys = new Roaring64Bitmap(); // null: too large for the memory

  // the last keys, one after the other, which are above all others: most dumps are in their order
  private long runStart;
  private long runEnd = Long.MIN_VALUE; // so: none yet

  void row() {
    rows++;
  }

  void row(long key) {
    rows++;
    if (keys == null) {
      return;
    }
    if (key > runEnd) {
      if (key != runEnd + 1 || key == 0) { // to the bitmap a negative key is above all others
        endRun();
        runStart = key;
      }
      runEnd = key;
    } else if (key >= runStart || keys.contains(key)) {
      repeated(key);
    } else {
      keys.addLong(key);
    }
  }

  private void endRun() {
    if (runEnd == Long.MIN_VALUE) {
      return;
    }
    if (runEnd - runStart >= LONG_RUN) {
      keys.addRange(runStart, runEnd + 1);
      return;
    }
    for (long key = runStart; key < runEnd; key++) {
      keys.addLong(key);
    }
    keys.addLong(runEnd);
  }

  /** All keys; the run stays open. */
  private Roaring64Bitmap keys() {
    endRun();
    return keys;
  }

  private void repeated(long key) {
    duplicates++;
    firstDuplicate = Math.min(firstDuplicate, key);
    lastDuplicate = Math.max(lastDuplicate, key);
  }

  long keyBytes() {
    return keys == null ? 0 : keys().getLongSizeInBytes();
  }

  /** Where its rows lie among its keys; null: that is not known, or they are few. */
  KeySketch sketch() {
    return keys == null ? null : KeySketch.of(keys());
  }

  void discardKeys() {
    keys = null;
  }

  void add(TableRowCount other) {
    rows += other.rows;
    duplicates += other.duplicates;
    firstDuplicate = Math.min(firstDuplicate, other.firstDuplicate);
    lastDuplicate = Math.max(lastDuplicate, other.lastDuplicate);
    if (keys == null || other.keys == null) {
      keys = null;
      return;
    }
    Roaring64Bitmap both = Roaring64Bitmap.and(keys(), other.keys());
    for (LongIterator i = both.getLongIterator(); i.hasNext(); ) {
      repeated(i.next());
    }
    keys.or(other.keys);
    if (other.runEnd > runEnd) {
      runStart = other.runStart;
      runEnd = other.runEnd;
    }
  }
}
