package io.github.camelakeeba.archive;

import java.util.concurrent.atomic.AtomicLong;

/** How far an archive has come; told from one thread, asked from another. */
public final class PullProgress {
  private static final long SECOND = 1_000_000_000;

  private final AtomicLong fetched = new AtomicLong();
  private final AtomicLong read = new AtomicLong();
  private volatile long total;
  private volatile boolean reading;
  private final Runnable watch;
  private volatile long watched = System.nanoTime();

  /** Nobody watches it. */
  public PullProgress() {
    this(() -> {});
  }

  /** With somebody who is called about once a second while bytes come, and may throw to end it. */
  public PullProgress(Runnable watch) {
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

  void reading() {
    reading = true;
  }

  void read(long bytes) {
    read.addAndGet(bytes);
    watch();
  }

  private void watch() {
    long now = System.nanoTime();
    if (now - watched > SECOND) {
      watched = now;
      watch.run();
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
