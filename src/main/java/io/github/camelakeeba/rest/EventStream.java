package io.github.camelakeeba.rest;

import io.github.camelakeeba.store.TransientStoreErrors;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Server-sent events, made while they are read. A read waits where there is nothing new. */
final class EventStream extends InputStream {
  static final String MEDIA_TYPE = "text/event-stream";

  /** So often a source is asked. */
  static final long POLL_INTERVAL_MILLIS = 250;

  private final Source source;
  private final BooleanSupplier stopping;
  private final Duration keepAlive;
  private byte[] text = "retry: 2000\n\n".getBytes(StandardCharsets.UTF_8);
  private int read;

  /** What a stream tells. */
  interface Source {
    /** Events as they are sent, or null: there is nothing new. */
    String next() throws IOException;

    /** Whether nothing will come any more. */
    boolean finished();
  }

  /**
   * Of this source.
   *
   * @param stopping whether this process stops, or the follower's session has ended: the stream
   *     ends then
   * @param keepAlive the interval of comments while nothing changes: a follower who has gone is
   *     noticed by a write in vain, and holds a thread until then
   */
  EventStream(Source source, BooleanSupplier stopping, Duration keepAlive) {
    this.source = source;
    this.stopping = stopping;
    this.keepAlive = keepAlive;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (read == text.length) {
      String next = next();
      if (next == null) {
        return -1;
      }
      text = next.getBytes(StandardCharsets.UTF_8);
      read = 0;
    }
    int count = Math.min(length, text.length - read);
    System.arraycopy(text, read, into, offset, count);
    read += count;
    return count;
  }

  /** The next events, or a comment after a while without; null at the end. */
  private String next() throws IOException {
    long silent = 0;
    while (!source.finished() && !stopping.getAsBoolean()) {
      String events = ask();
      if (events != null) {
        return events;
      }
      if (silent >= keepAlive.toMillis()) {
        return ": nothing new\n\n";
      }
      try {
        Thread.sleep(POLL_INTERVAL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the web server stops");
      }
      silent += POLL_INTERVAL_MILLIS;
    }
    return null;
  }

  private String ask() throws IOException {
    try {
      return source.next();
    } catch (RuntimeException e) {
      if (TransientStoreErrors.isTransient(e)) {
        return null; // it may come back
      }
      throw e;
    }
  }
}
