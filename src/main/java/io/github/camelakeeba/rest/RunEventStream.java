package io.github.camelakeeba.rest;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.store.TransientStoreErrors;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * One run as server-sent events, made while it is read: {@code progress} whenever something has
 * changed, {@code outcome} at the end. A read waits where there is nothing new.
 */
final class RunEventStream extends InputStream {
  private static final long POLL_INTERVAL_MILLIS = 250;

  private final Supplier<Optional<RunView>> poll;
  private final BooleanSupplier stopping;
  private final Duration keepAlive;
  private final EventJson json = new EventJson();
  private RunView lastSent;
  private boolean finished;
  private byte[] text = "retry: 2000\n\n".getBytes(StandardCharsets.UTF_8);
  private int read;

  /**
   * Of one run.
   *
   * @param poll gives the run, or none when it is deleted
   * @param stopping whether this process stops: the stream ends then, without an outcome
   * @param keepAlive the interval of comments while nothing changes: a follower who has gone is
   *     noticed by a write in vain, and holds a thread until then
   */
  RunEventStream(Supplier<Optional<RunView>> poll, BooleanSupplier stopping, Duration keepAlive) {
    this.poll = poll;
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

  /** The next event, or a comment after a while without; null at the end. */
  private String next() throws IOException {
    long silent = 0;
    while (!finished && !stopping.getAsBoolean()) {
      String event = nextChange();
      if (event != null) {
        return event;
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

  private String nextChange() throws IOException {
    RunView run;
    try {
      run = poll.get().orElse(null);
    } catch (RuntimeException e) {
      if (TransientStoreErrors.isTransient(e)) {
        return null; // it may come back
      }
      throw e;
    }
    Event outcome = run == null ? null : run.outcome();
    finished = run == null || outcome != null;
    if (outcome != null) {
      String data = json.mapper().writeValueAsString(outcome);
      return "event: outcome\nid: " + outcome.id() + "\ndata: " + data + "\n\n";
    }
    if (finished || run.equals(lastSent)) {
      return null;
    }
    lastSent = run;
    return "event: progress\ndata: " + json.mapper().writeValueAsString(run) + "\n\n";
  }
}
