package io.github.camelakeeba.archive;

import io.github.camelakeeba.archive.format.ReadProgress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The progress of a download; written by several threads, read by another. */
public final class DownloadProgress implements ReadProgress {
  private static final long NOTIFY_INTERVAL_NANOS = 1_000_000_000;

  private final AtomicLong downloaded = new AtomicLong();
  private final AtomicLong read = new AtomicLong();
  private final AtomicLong notifiedNanos = new AtomicLong(System.nanoTime());
  private final Consumer<DownloadProgress> listener;
  private volatile long total;
  private volatile boolean reading;
  private volatile boolean cancelled;

  public DownloadProgress() {
    this(progress -> {});
  }

  /** The listener is called about once a second while bytes come, and may throw to end it. */
  public DownloadProgress(Consumer<DownloadProgress> listener) {
    this.listener = listener;
  }

  void start(long totalBytes, long downloadedBytes) {
    total = totalBytes;
    downloaded.set(downloadedBytes);
  }

  void downloaded(long bytes) {
    downloaded.addAndGet(bytes);
    notifyListener();
  }

  /** A file has failed for good, which is the end of all: no further byte is written. */
  void cancel() {
    cancelled = true;
  }

  boolean cancelled() {
    return cancelled;
  }

  void reading() {
    reading = true;
  }

  @Override
  public void read(long bytes) {
    read.addAndGet(bytes);
    notifyListener();
  }

  private void notifyListener() {
    long now = System.nanoTime();
    long last = notifiedNanos.get();
    // by one of several threads
    if (now - last > NOTIFY_INTERVAL_NANOS && notifiedNanos.compareAndSet(last, now)) {
      listener.accept(this);
    }
  }

  /** Bytes in all; 0 while they are not known. */
  public long total() {
    return total;
  }

  public long downloaded() {
    return downloaded.get();
  }

  /** Whether all is here, and is being read. */
  public boolean isReading() {
    return reading;
  }

  public long read() {
    return read.get();
  }
}
