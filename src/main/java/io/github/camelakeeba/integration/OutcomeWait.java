package io.github.camelakeeba.integration;

import java.time.Duration;
import java.util.function.Predicate;
import org.apache.camel.Exchange;

/**
 * How long the sender of a request waits for its outcome.
 *
 * @param time at most so long; zero: one poll
 * @param mayWait whether this exchange may wait at all: one that holds a thread of a web server
 *     must not be one too many
 */
public record OutcomeWait(Duration time, Predicate<Exchange> mayWait) {
  /** The sender is notified later, or never. */
  public static final OutcomeWait NO_REPLY = new OutcomeWait(Duration.ZERO, exchange -> false);

  /** Of a sender that blocks nobody. */
  public static OutcomeWait of(Duration time) {
    return new OutcomeWait(time, exchange -> true);
  }
}
