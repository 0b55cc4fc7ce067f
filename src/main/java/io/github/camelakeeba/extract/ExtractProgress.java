package io.github.camelakeeba.extract;

import io.github.camelakeeba.archive.format.ReadProgress;
import java.util.concurrent.atomic.AtomicLong;

/** How far an archive has been read; written by one thread, read by another. */
public final class ExtractProgress implements ReadProgress {
  private final AtomicLong done = new AtomicLong();
  private volatile long total;

  /** Bytes of the archive; less than 1: they are not known. */
  public void start(long bytes) {
    total = bytes;
  }

  @Override
  public void read(long bytes) {
    done.addAndGet(bytes);
  }

  /** Bytes of the archive that were read. */
  public long done() {
    return done.get();
  }

  /** Bytes of the archive; 0 while they are not known. */
  public long total() {
    return Math.max(0, total);
  }
}
