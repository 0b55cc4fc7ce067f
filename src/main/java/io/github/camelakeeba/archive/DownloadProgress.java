package io.github.camelakeeba.archive;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The progress of a download; written by one thread, read by another. */
public final class DownloadProgress {
  private static final long NOTIFY_INTERVAL_NANOS = 1_000_000_000;

  private final AtomicLong downloaded = new AtomicLong();
  private final AtomicLong read = new AtomicLong();
  private volatile long total;
  private volatile boolean reading;
  private volatile boolean cancelled;
  private final Consumer<DownloadProgress> watch;
  private final AtomicLong notifiedNanos = new AtomicLong(System.nanoTime());

  /** Nobody watches it. */
  public DownloadProgress() {
    this(progress -> {});
  }

  /** With somebody who is called about once a second while bytes come, and may throw to end it. */
  public DownloadProgress(Consumer<DownloadProgress> watch) {
    this.watch = watch;
  }

  /** So many bytes there are in all, and so many are here already. */
  void start(long bytes, long here) {
    total = bytes;
    downloaded.set(here);
  }

  void downloaded(long bytes) {
    downloaded.addAndGet(bytes);
    watch();
  }

  /** Whether files are on their way: the folder is ours then. */
  boolean started() {
    return total > 0;
  }

  /** From here on no byte of it is written any more. */
  void cancel() {
    cancelled = true;
  }

  /** Whether a part of it has failed for good, which is the end of all of it. */
  boolean cancelled() {
    return cancelled;
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
    long last = notifiedNanos.get();
    // of several threads one
    if (now - last > NOTIFY_INTERVAL_NANOS && notifiedNanos.compareAndSet(last, now)) {
      watch.accept(this);
    }
  }

  /** Bytes in all; 0 while the site has not said. */
  public long total() {
    return total;
  }

  /** Bytes that are here. */
  public long downloaded() {
    return downloaded.get();
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
