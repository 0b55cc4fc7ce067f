package io.github.camelakeeba.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who looks for what is due takes a small part of the store's time, however much waits. */
class AdaptivePollingTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final AdaptivePolling breather = new AdaptivePolling(2, now::get);
  private int looks;

  private List<Integer> looked(Duration cost, List<Integer> found) {
    return breather.poll(
        () -> {
          looks++;
          now.addAndGet(cost.toNanos());
          return found;
        });
  }

  @Test
  void a_slow_look_is_followed_by_a_rest_a_quick_one_and_a_full_one_by_the_next() {
    Duration slow = Duration.ofMillis(100);
    assertThat(looked(slow, List.of(1, 2))).hasSize(2);
    assertThat(looked(slow, List.of(1))).hasSize(1);
    for (int i = 0; i < 4; i++) { // the timer of the route
      now.addAndGet(Duration.ofMillis(499).toNanos());
      assertThat(looked(slow, List.of(1))).isEmpty();
    }
    now.addAndGet(Duration.ofMillis(4).toNanos());
    assertThat(looked(Duration.ofMillis(1), List.of(1))).hasSize(1);
    now.addAndGet(Duration.ofMillis(500).toNanos());
    assertThat(looked(slow, List.of(1))).hasSize(1);
    assertThat(looks).isEqualTo(4);
  }
}
