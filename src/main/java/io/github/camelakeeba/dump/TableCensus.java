package io.github.camelakeeba.dump;

import org.roaringbitmap.longlong.LongIterator;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** What one file of a dump holds of a table. */
final class TableCensus {
  private long rows;
  private Roaring64Bitmap keys = new Roaring64Bitmap();
  private long twice;
  private long firstTwice = Long.MAX_VALUE;
  private long lastTwice = Long.MIN_VALUE;

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
    twice++;
    firstTwice = Math.min(firstTwice, key);
    lastTwice = Math.max(lastTwice, key);
  }

  /** Bytes that the keys take. */
  long weight() {
    return keys == null ? 0 : keys.getLongSizeInBytes();
  }

  /**
   * Lets the keys go, since they take too much: none of this table is said to stand there twice.
   */
  void forgetKeys() {
    keys = null;
  }

  /** Adds what another file holds of the same table. */
  void add(TableCensus other) {
    rows += other.rows;
    twice += other.twice;
    firstTwice = Math.min(firstTwice, other.firstTwice);
    lastTwice = Math.max(lastTwice, other.lastTwice);
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

  /** Rows, also those that stand there twice. */
  long rows() {
    return rows;
  }

  /** Rows whose primary key stands there already; 0 where the table has no such key. */
  long twice() {
    return twice;
  }

  /** The lowest key that stands there twice. */
  long firstTwice() {
    return firstTwice;
  }

  /** The highest key that stands there twice. */
  long lastTwice() {
    return lastTwice;
  }
}
