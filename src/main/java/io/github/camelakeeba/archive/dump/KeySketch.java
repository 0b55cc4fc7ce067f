package io.github.camelakeeba.archive.dump;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.roaringbitmap.longlong.PeekableLongIterator;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Where the rows of a table lie among its keys: some of its keys, ascending, and the rank of each,
 * which is the number of keys below it. They are the bounds of {@link #BUCKETS} buckets of equally
 * many rows, so that a jump of the keys costs no resolution where the rows are, and both ends of
 * the {@link #GAPS} widest gaps. Between two of them only the number of rows is known. Negative
 * keys are left out.
 */
public record KeySketch(long[] keys, long[] ranks) {

  /** Of a hole of a 64th of the rows, at least one bucket lies wholly within it. */
  public static final int BUCKETS = 128;

  public static final int GAPS = 32;
  private static final long MIN_KEYS = 50; // a smaller table has no sketch

  /** Keys that no row has, between two that rows have. */
  public record Gap(long before, long after) {}

  private record RankedGap(long before, long after, long rank) {
    long width() {
      return after - before;
    }
  }

  /** Null: there are too few for a sketch. */
  static KeySketch of(Roaring64Bitmap all) {
    long size = all.rankLong(Long.MAX_VALUE); // the bitmap's order has no signs
    if (size < MIN_KEYS) {
      return null;
    }
    TreeMap<Long, Long> points = new TreeMap<>();
    PriorityQueue<RankedGap> widest =
        new PriorityQueue<>(GAPS + 1, Comparator.comparingLong(RankedGap::width));
    PeekableLongIterator key = all.getLongIterator();
    long before = key.peekNext() - 1;
    long enough = 1;
    int bucket = 0;
    for (long rank = 0, bound = 0; rank < size; rank++) {
      long next = key.next();
      if (next - before > enough) {
        widest.add(new RankedGap(before, next, rank));
        if (widest.size() > GAPS) {
          widest.poll();
          enough = widest.peek().width();
        }
      }
      if (rank == bound) {
        points.put(next, rank);
        while (bound <= rank && bucket < BUCKETS) {
          bound = ++bucket * (size - 1) / BUCKETS;
        }
      }
      before = next;
    }
    for (RankedGap gap : widest) {
      points.put(gap.before, gap.rank - 1);
      points.put(gap.after, gap.rank);
    }
    return new KeySketch(
        points.keySet().stream().mapToLong(Long::longValue).toArray(),
        points.values().stream().mapToLong(Long::longValue).toArray());
  }

  /** Those with such a key. */
  public long rows() {
    return ranks[ranks.length - 1] + 1;
  }

  public long lastKey() {
    return keys[keys.length - 1];
  }

  /** The widest gaps, and those that happen to lie between two bounds. */
  public List<Gap> gaps() {
    List<Gap> gaps = new ArrayList<>();
    for (int i = 1; i < keys.length; i++) {
      if (ranks[i] == ranks[i - 1] + 1 && keys[i] > keys[i - 1] + 1) {
        gaps.add(new Gap(keys[i - 1], keys[i]));
      }
    }
    return gaps;
  }

  /** How many rows have keys below this one: estimated between two of those that are known. */
  public double below(long key) {
    int at = Arrays.binarySearch(keys, key);
    if (at >= 0) {
      return ranks[at];
    }
    int next = -at - 1;
    if (next == 0 || next == keys.length) {
      return next == 0 ? 0 : rows();
    }
    long from = keys[next - 1];
    double share = ((double) key - from - 1) / ((double) keys[next] - from - 1);
    return ranks[next - 1] + 1 + share * (ranks[next] - ranks[next - 1] - 1);
  }

  /** How many rows have keys between these two: estimated. */
  public double between(long before, long after) {
    return Math.max(0, below(after) - (before == Long.MAX_VALUE ? rows() : below(before + 1)));
  }

  /** How many rows have keys between these two, at least. */
  public long surelyBetween(long before, long after) {
    int first = Arrays.binarySearch(keys, before);
    int last = Arrays.binarySearch(keys, after);
    first = first >= 0 ? first + 1 : -first - 1;
    last = (last >= 0 ? last : -last - 1) - 1;
    return first > last ? 0 : ranks[last] - ranks[first] + 1;
  }

  /** A known key that has at most so many rows below it. */
  public long keyAt(double rank) {
    int at = 0;
    while (at + 1 < ranks.length && ranks[at + 1] <= rank) {
      at++;
    }
    return keys[at];
  }
}
