package io.github.camelakeeba.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.observe.LogLines;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a consumer could not do is in the log: not once for ever, and not at each attempt. */
class ConsumerErrorsTest {
  private final AtomicLong now = new AtomicLong(-5);

  private void fails(ConsumerErrors faults, Duration later, String reason) {
    now.addAndGet(later.toNanos());
    faults.handleException("it failed", new IllegalStateException(reason));
  }

  @Test
  void the_same_reason_is_told_again_after_a_minute() {
    ConsumerErrors faults = new ConsumerErrors("inbox", now::get);
    try (LogLines lines = LogLines.of("io.github.camelakeeba.trigger")) {
      for (int second = 0; second < 60; second++) {
        fails(faults, Duration.ofSeconds(1), "disk\nfull");
      }
      assertThat(lines.containing("trigger inbox: disk full")).hasSize(1);
      fails(faults, Duration.ofSeconds(1), "disk\nfull");
      assertThat(lines.containing("trigger inbox: disk full")).hasSize(2);
      fails(faults, Duration.ofSeconds(1), "not allowed");
      assertThat(lines.containing("trigger inbox: not allowed")).hasSize(1);
    }
  }
}
