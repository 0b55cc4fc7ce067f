package io.github.camelakeeba.archive.format;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * Where the entries of a ZIP begin, as its directory has to name them: the number of a volume, from
 * 0, and the byte in it (measured). Akeeba's writer, as its source was published in 2021, names
 * another place at the border of volumes, which no sample has: of an entry that begins a volume,
 * the volume before or byte 4; of a stored one that a later step finished, the volume of that step.
 * Such a place is accepted there as well.
 */
final class ZipPlaces {
  private static final int MARK = 4; // bytes that the writer leaves for one in each volume
  private static final int ABOVE_16 = 0xFFFF;
  private static final long ABOVE_32 = 0xFFFF_FFFFL;

  private final List<Long> begins;
  private final Map<Long, Queue<AtBorder>> atBorders = new HashMap<>(); // few: some a volume

  /** An entry that begins a volume, or goes on in others, which begins at an exact place. */
  private record AtBorder(int first, int last, long exact, boolean beginsVolume) {
    boolean accepts(int volume, long offset) {
      return (volume - first & ABOVE_16) <= last - first
          && (offset == (exact & ABOVE_32) || beginsVolume && offset == MARK);
    }
  }

  /** The list may grow: it has each volume of which a byte was read. */
  ZipPlaces(List<Long> volumeBegins) {
    this.begins = volumeBegins;
  }

  /** The place of a byte that was read. */
  long exact(long at) {
    int volume = volume(at);
    return place(volume, at - begins.get(volume));
  }

  private static long place(int volume, long offset) {
    return (long) (volume & ABOVE_16) << 32 | offset & ABOVE_32;
  }

  int volume(long at) {
    int found = Collections.binarySearch(begins, at);
    int volume = found < 0 ? -found - 2 : found;
    while (volume + 1 < begins.size() && begins.get(volume + 1) <= at) {
      volume++; // the one before is empty
    }
    return volume;
  }

  /**
   * An entry was read.
   *
   * @param facts what tells it from others
   * @param end behind its last byte
   */
  void found(long facts, boolean stored, long begin, long end) {
    int volume = volume(begin);
    int last = stored ? volume(end - 1) : volume;
    boolean beginsVolume = volume > 0 && begins.get(volume) == begin;
    if (beginsVolume || last > volume) {
      int first = beginsVolume ? volume - 1 : volume;
      atBorders
          .computeIfAbsent(facts, none -> new ArrayDeque<>(1))
          .add(new AtBorder(first, last, exact(begin), beginsVolume));
    }
  }

  /** The place of an entry that the directory names; its exact one where it accepts that. */
  long named(long facts, int volume, long offset) {
    Queue<AtBorder> entries = atBorders.get(facts);
    if (entries != null && !entries.isEmpty() && entries.peek().accepts(volume, offset)) {
      return entries.remove().exact();
    }
    return place(volume, offset);
  }

  /**
   * Whether the directory, which begins at this byte, is where the archive's end says; one that did
   * not fit into the volume of the last entry has that volume's size for its place.
   */
  boolean isDirectory(long begin, int volume, long offset) {
    int its = volume(begin);
    return (volume == ABOVE_16 || volume == its)
        && (offset == ABOVE_32
            || place(its, offset) == exact(begin)
            || its > 0
                && begins.get(its) == begin
                && offset == (begin - begins.get(its - 1) & ABOVE_32));
  }
}
