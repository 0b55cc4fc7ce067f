package io.github.camelakeeba.akeeba;

import java.util.concurrent.TimeUnit;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * The bean {@code akeeba-pauses}: a wait in pieces, between which it shows whether the errand still
 * has time, and whether a user has stopped it.
 */
public final class Pauses {
  private static final long PIECE = 1000;

  /**
   * A wait.
   *
   * @param open whether there is something left of it
   * @param piece milliseconds to wait now
   * @param end when it is over, by {@link System#nanoTime}
   */
  public record Pause(boolean open, long piece, long end) {}

  /** Before the first piece. */
  public Pause begin(@Body Paused what, @Variable("akeeba-deadline") Deadline deadline) {
    long millis = Math.max(0, what.pause());
    return next(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis), deadline);
  }

  /** After a piece; throws why the errand has to end. */
  public Pause after(
      @Variable("akeeba-pause") Pause pause, @Variable("akeeba-deadline") Deadline deadline) {
    if (deadline != null) {
      deadline.heed();
    }
    return next(pause.end(), deadline);
  }

  private static Pause next(long end, Deadline deadline) {
    // rounded up: a wait is never shorter than it was asked for
    long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime() + 999_999);
    long until = deadline == null ? PIECE : Math.max(1, deadline.left().toMillis() + 1);
    return new Pause(left > 0, Math.min(left, Math.min(PIECE, until)), end);
  }
}
