package io.github.camelakeeba.census;

import io.github.camelakeeba.archive.dump.KeySketch;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what a dump step leaves that was killed and repeated: a run of keys that no row has any
 * more, while the rows on both sides of it are there. What a site does by itself looks otherwise:
 * purges take the lowest keys, deletions leave rows between them, an import replaces what it takes.
 */
final class KeyHoles {
  // measured: a killed step takes 2.5 to 8 percent of a table with 20,000 rows
  private static final int MIN_PERCENT = 2;
  private static final int MIN_ROWS = 20;

  /** At the table's end: a refused import or a wave of spam that was removed looks the same. */
  private static final int MIN_PERCENT_AT_END = 18;

  private static final int NEIGHBOURS = 16; // on each side a 16th of all rows
  private static final int FEW = 64; // less than a 64th of all rows: there is no other side

  private final KeySketch before;
  private final KeySketch now;

  KeyHoles(KeySketch before, KeySketch now) {
    this.before = before;
    this.now = now;
  }

  /**
   * A run of keys, both ends within it, that rows had before.
   *
   * @param rows how many, estimated
   */
  record Hole(long firstKey, long lastKey, long rows) {}

  List<Hole> holes() {
    List<Hole> holes = new ArrayList<>();
    for (KeySketch.Gap gap : now.gaps()) {
      add(gap, holes);
    }
    if (now.lastKey() < before.lastKey()) {
      add(new KeySketch.Gap(now.lastKey(), Long.MAX_VALUE), holes);
    }
    long lost = holes.stream().mapToLong(Hole::rows).sum();
    // as many new rows elsewhere: they were replaced
    return before.rows() - now.rows() < lost / 2 ? List.of() : holes;
  }

  private void add(KeySketch.Gap gap, List<Hole> holes) {
    double lost = before.between(gap.before(), gap.after());
    long surely = before.surelyBetween(gap.before(), gap.after());
    if (lost < MIN_ROWS || lost * 100 < before.rows() * MIN_PERCENT || surely * 4 < lost) {
      return;
    }
    if (keptBelow(gap.before())
        && (keptAbove(gap.after()) || lost * 100 >= before.rows() * MIN_PERCENT_AT_END)) {
      holes.add(
          new Hole(
              gap.before() + 1, Math.min(gap.after() - 1, before.lastKey()), Math.round(lost)));
    }
  }

  /** Whether there were rows up to this key, and most of its neighbours are there. */
  private boolean keptBelow(long key) {
    double below = before.below(key) + 1;
    long from = before.keyAt(below - (double) before.rows() / NEIGHBOURS);
    return below * FEW >= before.rows() && mostlyKept(from - 1, key + 1);
  }

  private boolean keptAbove(long key) {
    double below = before.below(key);
    long to = before.keyAt(below + (double) before.rows() / NEIGHBOURS);
    return (before.rows() - below) * FEW >= before.rows() && mostlyKept(key - 1, to + 1);
  }

  private boolean mostlyKept(long from, long to) {
    return now.between(from, to) * 2 >= before.between(from, to);
  }
}
