package io.github.camelakeeba.archive.dump;

import org.roaringbitmap.longlong.LongIterator;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** What one file of a dump holds of a table. */
final class TableRowCount {
  private long rows;
  private Roaring64Bitmap keys = new Roaring64Bitmap();
  private long duplicates;
  private long firstDuplicate = Long.MAX_VALUE;
  private long lastDuplicate = Long.MIN_VALUE;

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

  /** Bytes that the keys take. */
  long keyBytes() {
    return keys == null ? 0 : keys.getLongSizeInBytes();
  }

  /**
   * Drops the keys, since they need too much memory: no row of this table is reported as a
   * duplicate.
   */
  void discardKeys() {
    keys = null;
  }

  /** Adds what another file holds of the same table. */
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

  /** Rows, also those that occur twice. */
  long rows() {
    return rows;
  }

  /** Rows whose primary key has occurred already; 0 where the table has no such key. */
  long duplicates() {
    return duplicates;
  }

  /** The lowest key that occurs twice. */
  long firstDuplicate() {
    return firstDuplicate;
  }

  /** The highest key that occurs twice. */
  long lastDuplicate() {
    return lastDuplicate;
  }
}
