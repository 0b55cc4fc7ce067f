package io.github.camelakeeba.akeeba;

import java.time.Duration;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** A wait that ends before its time when the task has to end, as its deadline knows. */
public final class InterruptibleDelay {
  /** Returns when the wait is over; throws why it has to end before. Null: no deadline. */
  public void await(@Body CallDelay delay, @Variable("akeeba-deadline") Deadline deadline)
      throws InterruptedException {
    if (delay.pause() > 0) {
      (deadline == null ? Deadline.NONE : deadline).await(Duration.ofMillis(delay.pause()));
    }
  }
}
