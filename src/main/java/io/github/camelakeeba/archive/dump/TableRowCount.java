package io.github.camelakeeba.archive.dump;

import org.roaringbitmap.longlong.LongIterator;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** What one file of a dump holds of a table. */
final class TableRowCount {
  /** Also those that occur twice. */
  long rows;

  /** Rows whose primary key has occurred already; 0 where the table has no such key. */
  long duplicates;

  long firstDuplicate = Long.MAX_VALUE;
  long lastDuplicate = Long.MIN_VALUE;

  /** Null: they need too much memory, and no duplicate is found any more. */
  private Roaring64Bitmap keys = new Roaring64Bitmap();

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
