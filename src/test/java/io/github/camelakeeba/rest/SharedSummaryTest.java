package io.github.camelakeeba.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.watch.Summary;
import io.github.camelakeeba.watch.Summary.CallerName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** However many follow, the summary of all sites is read once for them. */
class SharedSummaryTest {
  private static final Caller ANNA = new Caller("anna", Caller.Scope.READ, Set.of());
  private static final Caller GUEST = new Caller("guest", Caller.Scope.READ, Set.of("customers"));

  private final AtomicLong time = new AtomicLong();
  private final AtomicInteger reads = new AtomicInteger();
  private final SharedSummary shared =
      new SharedSummary(
          caller -> {
            reads.incrementAndGet();
            return summary(caller);
          },
          time::get);

  private static Summary summary(Caller caller) {
    return new Summary(
        null,
        "a",
        "",
        "ok",
        caller.tags().isEmpty() ? 2 : 1,
        Map.of(),
        null,
        null,
        null,
        List.of(),
        List.of(),
        false,
        SummaryResource.name(caller));
  }

  @Test
  void all_who_see_all_sites_share_one_with_their_own_names() {
    assertThat(shared.of(Caller.API, 0).caller()).isEqualTo(new CallerName("api", "admin"));
    assertThat(shared.of(ANNA, 0)).isEqualTo(summary(ANNA));
    assertThat(reads).hasValue(1);
  }

  @Test
  void nobody_gets_one_that_was_read_before_the_time_it_asks_for() {
    shared.of(Caller.API, 0);
    time.set(5);
    shared.of(Caller.API, 5);
    shared.of(ANNA, 3);
    assertThat(reads).hasValue(2);
    time.set(10);
    shared.of(ANNA, 6);
    assertThat(reads).hasValue(3);
  }

  @Test
  void who_sees_some_sites_gets_one_of_those() {
    shared.of(Caller.API, 0);
    assertThat(shared.of(GUEST, 0)).isEqualTo(summary(GUEST));
    assertThat(shared.of(ANNA, 0).sites()).isEqualTo(2);
  }
}
