package io.github.camelakeeba.akeeba;

import java.time.Duration;

/**
 * Until when the calls of one task, and the waits between them, may last. It is in the exchange
 * variable {@code akeeba-deadline}; where there is none, there is no end but those of the calls
 * themselves.
 */
public interface Deadline {
  Deadline NONE =
      new Deadline() {
        @Override
        public Duration remaining() {
          return Duration.ofDays(3650);
        }

        @Override
        public void checkNotOver() {
          // nothing ends it
        }

        @Override
        public boolean mayEndEarly() {
          return false;
        }
      };

  /** Time that is left; below 0 when it is over. */
  Duration remaining();

  /**
   * Throws why the task has to end now, an {@link AkeebaException}: its time is over, or a user has
   * stopped it. Cheap enough to be called each second by each run.
   */
  void checkNotOver();

  /** Whether it may be over while there is time left; if not, it need not be checked before. */
  default boolean mayEndEarly() {
    return true;
  }

  /**
   * Waits so long, or until the task has to end: then it throws as {@link #checkNotOver} does, some
   * second late.
   */
  default void await(Duration time) throws InterruptedException {
    Thread.sleep(time.plusNanos(999_999).toMillis());
    checkNotOver();
  }

  /**
   * The same for a call that changes something on the site: only its time counts, as nobody knows
   * what becomes of a call that is broken off.
   */
  default Deadline timeOnly() {
    Deadline whole = this;
    return new Deadline() {
      @Override
      public Duration remaining() {
        return whole.remaining();
      }

      @Override
      public void checkNotOver() {
        if (whole.remaining().isNegative()) {
          whole.checkNotOver();
        }
      }

      @Override
      public boolean mayEndEarly() {
        return false;
      }
    };
  }
}
