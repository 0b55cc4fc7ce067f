package io.github.camelakeeba.recheck;

import io.github.camelakeeba.archive.format.ReadProgress;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Slows a reading down, so that backups have the disk and the network; ends it with the process.
 */
final class ReadingRate implements ReadProgress {
  private static final long NANOS = 1_000_000_000;

  private final long bytesPerSecond;
  private final BooleanSupplier closed;
  private final long begun = System.nanoTime();
  private long read;

  /** Broken off from here: it says nothing of the archive, and is taken up again. */
  static final class InterruptedReadException extends RuntimeException {
    InterruptedReadException(String why) {
      super(why);
    }

    static InterruptedReadException closing() {
      return new InterruptedReadException("the process stops");
    }
  }

  ReadingRate(long bytesPerSecond, BooleanSupplier closed) {
    this.bytesPerSecond = bytesPerSecond;
    this.closed = closed;
  }

  /** Returns when so many bytes may have been read; throws when this process stops meanwhile. */
  @Override
  public void read(long bytes) {
    read += bytes;
    // in whole seconds and a rest, which don't overflow
    long due =
        begun + read / bytesPerSecond * NANOS + read % bytesPerSecond * NANOS / bytesPerSecond;
    do {
      if (closed.getAsBoolean()) {
        throw InterruptedReadException.closing();
      }
      long pause = due - System.nanoTime();
      if (pause <= 0) {
        return;
      }
      LockSupport.parkNanos(Math.min(pause, NANOS / 10));
    } while (true);
  }
}
