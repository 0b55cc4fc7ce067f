package io.github.camelakeeba.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who polls for what is due takes a small part of the store's time, however much waits. */
class AdaptivePollingTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final AdaptivePolling polling = new AdaptivePolling(2, now::get);
  private int polls;

  private List<Integer> poll(Duration cost, List<Integer> found) {
    return polling.poll(
        () -> {
          polls++;
          now.addAndGet(cost.toNanos());
          return found;
        });
  }

  @Test
  void a_slow_poll_is_followed_by_a_pause_a_quick_one_and_a_full_one_by_the_next() {
    Duration slow = Duration.ofMillis(100);
    assertThat(poll(slow, List.of(1, 2))).hasSize(2);
    assertThat(poll(slow, List.of(1))).hasSize(1);
    for (int i = 0; i < 4; i++) { // the timer of the route
      now.addAndGet(Duration.ofMillis(499).toNanos());
      assertThat(poll(slow, List.of(1))).isEmpty();
    }
    now.addAndGet(Duration.ofMillis(4).toNanos());
    assertThat(poll(Duration.ofMillis(1), List.of(1))).hasSize(1);
    now.addAndGet(Duration.ofMillis(500).toNanos());
    assertThat(poll(slow, List.of(1))).hasSize(1);
    assertThat(polls).isEqualTo(4);
  }
}
