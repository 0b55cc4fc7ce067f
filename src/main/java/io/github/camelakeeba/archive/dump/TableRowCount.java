package io.github.camelakeeba.archive.dump;

import org.roaringbitmap.longlong.LongIterator;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** What one file of a dump holds of a table. */
final class TableRowCount {
  long rows; // also those that occur twice
  long duplicates; // rows whose primary key has occurred; 0 without such a key

  long firstDuplicate = Long.MAX_VALUE;
  long lastDuplicate = Long.MIN_VALUE;

  private Roaring64Bitmap keys = new Roaring64Bitmap(); // null: too large for the memory

  void row() {
    rows++;
  }

  void row(long key) {
    rows++;
    if (keys == null) {
      return;
    }
    if (keys.contains(key)) {
      repeated(key);
    } else {
      keys.addLong(key);
    }
  }

  private void repeated(long key) {
    duplicates++;
    firstDuplicate = Math.min(firstDuplicate, key);
    lastDuplicate = Math.max(lastDuplicate, key);
  }

  long keyBytes() {
    return keys == null ? 0 : keys.getLongSizeInBytes();
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
    Roaring64Bitmap both = Roaring64Bitmap.and(keys, other.keys);
    for (LongIterator i = both.getLongIterator(); i.hasNext(); ) {
      repeated(i.next());
    }
    keys.or(other.keys);
  }
}
