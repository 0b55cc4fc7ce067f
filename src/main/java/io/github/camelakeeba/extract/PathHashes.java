package io.github.camelakeeba.extract;

import java.util.Arrays;

/**
 * Which paths have been seen, in a memory of some 20 bytes each: of a million files not all names
 * can be kept. Two of 64 bits that are the same by chance are not to be expected, and whoever asks
 * looks at the disk as well.
 */
final class PathHashes {
  private static final int FIRST_CAPACITY = 1 << 10; // a power of two
  private static final long NONE = 0; // an empty slot

  private long[] slots = new long[FIRST_CAPACITY];
  private int count;

  /** Returns whether it is new. */
  boolean add(String path) {
    long hash = hash(path);
    if (!put(slots, hash)) {
      return false;
    }
    if (++count > slots.length / 4 * 3) {
      long[] larger = new long[slots.length * 2];
      Arrays.stream(slots).filter(slot -> slot != NONE).forEach(slot -> put(larger, slot));
      slots = larger;
    }
    return true;
  }

  boolean contains(String path) {
    long hash = hash(path);
    for (int i = first(slots, hash); slots[i] != NONE; i = next(slots, i)) {
      if (slots[i] == hash) {
        return true;
      }
    }
    return false;
  }

  private static boolean put(long[] into, long hash) {
    int i = first(into, hash);
    while (into[i] != NONE) {
      if (into[i] == hash) {
        return false;
      }
      i = next(into, i);
    }
    into[i] = hash;
    return true;
  }

  private static int first(long[] slots, long hash) {
    return (int) (hash ^ hash >>> 32) & slots.length - 1;
  }

  private static int next(long[] slots, int i) {
    return i + 1 & slots.length - 1;
  }

  /** FNV-1a, with its bits mixed. */
  private static long hash(String path) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < path.length(); i++) {
      hash = (hash ^ path.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ hash >>> 31) * 0x9e3779b97f4a7c15L;
    return hash == NONE ? 1 : hash;
  }
}
