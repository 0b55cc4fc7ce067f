package io.github.camelakeeba.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
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
 * changed, {@code outcome} at the end. A read gives what there is, and waits when there is nothing.
 */
final class RunEventStream extends InputStream {
  private static final long POLL_INTERVAL_MILLIS = 250;

  private final Supplier<Optional<RunView>> poll;
  private final BooleanSupplier stopping;

  /** A follower who has gone is noticed by a write in vain, and holds its place until then. */
  private final Duration keepAlive;

  private final EventJson json = new EventJson();
  private RunView lastSent;
  private boolean finished;
  private byte[] text = "retry: 2000\n\n".getBytes(StandardCharsets.UTF_8);
  private int read;

  /**
   * Of one run.
   *
   * @param look gives the run, or none when it is forgotten
   * @param over whether this process stops: the stream ends then, without an outcome
   * @param keepAlive without news a comment is sent so often
   */
  RunEventStream(Supplier<Optional<RunView>> look, BooleanSupplier over, Duration keepAlive) {
    this.poll = look;
    this.stopping = over;
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
      pause();
      silent += POLL_INTERVAL_MILLIS;
    }
    return null;
  }

  private String nextChange() {
    RunView run;
    try {
      run = poll.get().orElse(null);
    } catch (RuntimeException e) {
      if (TransientStoreErrors.isTransient(e)) {
        return null; // it may come back
      }
      throw e;
    }
    if (run == null || run.outcome() != null) {
      finished = true;
      return run == null ? null : outcome(run.outcome());
    }
    if (run.equals(lastSent)) {
      return null;
    }
    lastSent = run;
    return "event: progress\ndata: " + line(run) + "\n\n";
  }

  private String outcome(Event outcome) {
    return "event: outcome\nid: " + outcome.id() + "\ndata: " + line(outcome) + "\n\n";
  }

  private String line(Object value) {
    try {
      return json.mapper().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a run and its outcome are always JSON", e);
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(POLL_INTERVAL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the web server stops");
    }
  }
}
