package io.github.camelakeeba.archive;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** How far an archive has come; told from one thread, asked from another. */
public final class PullProgress {
  private static final long SECOND = 1_000_000_000;

  private final AtomicLong fetched = new AtomicLong();
  private final AtomicLong read = new AtomicLong();
  private volatile long total;
  private volatile boolean reading;
  private volatile boolean givenUp;
  private final Consumer<PullProgress> watch;
  private final AtomicLong watched = new AtomicLong(System.nanoTime());

  /** Nobody watches it. */
  public PullProgress() {
    this(progress -> {});
  }

  /** With somebody who is called about once a second while bytes come, and may throw to end it. */
  public PullProgress(Consumer<PullProgress> watch) {
    this.watch = watch;
  }

  /** So many bytes there are in all, and so many are here already. */
  void begin(long bytes, long here) {
    total = bytes;
    fetched.set(here);
  }

  void fetched(long bytes) {
    fetched.addAndGet(bytes);
    watch();
  }

  /** Whether files are on their way: the folder is ours then. */
  boolean begun() {
    return total > 0;
  }

  /** From here on no byte of it is written any more. */
  void giveUp() {
    givenUp = true;
  }

  /** Whether a part of it has failed for good, which is the end of all of it. */
  boolean givenUp() {
    return givenUp;
  }

  void reading() {
    reading = true;
  }

  void read(long bytes) {
    read.addAndGet(bytes);
    watch();
  }

  private void watch() {
    long now = System.nanoTime();
    long last = watched.get();
    // of several threads one
    if (now - last > SECOND && watched.compareAndSet(last, now)) {
      watch.accept(this);
    }
  }

  /** Bytes in all; 0 while the site has not said. */
  public long total() {
    return total;
  }

  /** Bytes that are here. */
  public long fetched() {
    return fetched.get();
  }

  /** Whether all is here, and is being read. */
  public boolean isReading() {
    return reading;
  }

  /** Bytes that have been read. */
  public long read() {
    return read.get();
  }
}
