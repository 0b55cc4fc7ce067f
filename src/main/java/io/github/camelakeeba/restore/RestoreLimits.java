package io.github.camelakeeba.restore;

import io.github.camelakeeba.archive.format.ReadProgress;
import java.util.function.LongSupplier;

/**
 * Stops a dump that would fill the server's disk: deflate makes a thousand bytes of one, and an
 * archive may come from a site that somebody else has taken over.
 */
final class RestoreLimits implements ReadProgress {
  /** So many times what was read of the archive no dump of a site has. */
  private static final long FACTOR = 100;

  private static final long ALWAYS_ALLOWED = 1L << 30; // bytes of SQL
  private static final long LEFT_FREE = 512L << 20; // bytes of a disk that is ours, too
  private static final long LOOK_EVERY = 16L << 20; // bytes of SQL

  private final ReadProgress beside;
  private final LongSupplier free;
  private long read;
  private long loaded;
  private long lookedAt = -LOOK_EVERY;

  /**
   * @param beside is told of the same progress
   * @param free bytes of the server's disk that are free
   */
  RestoreLimits(ReadProgress beside, LongSupplier free) {
    this.beside = beside;
    this.free = free;
  }

  @Override
  public void read(long bytes) {
    beside.read(bytes);
    read += bytes;
  }

  /** So many more bytes of SQL come; throws {@link UntestableException} when they are too many. */
  void load(int bytes) {
    loaded += bytes;
    if (loaded > ALWAYS_ALLOWED && loaded / FACTOR > read) {
      throw new UntestableException(
          "The dump has more than %s bytes, %s times what was read of the archive: no more of it is restored."
              .formatted(loaded, FACTOR));
    }
    if (loaded - lookedAt >= LOOK_EVERY) {
      lookedAt = loaded;
      if (free.getAsLong() < LEFT_FREE) {
        throw new UntestableException(
            "The disk of the database server is nearly full: fewer than %s MiB are free."
                .formatted(LEFT_FREE >> 20));
      }
    }
  }
}
