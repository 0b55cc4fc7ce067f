package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.simulator.Fault;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Time and memory of a run have an end, whatever the site does. */
@Tag("fault")
class RunIsBoundedTest {
  @RegisterExtension static final Sites SITES = new Sites(8, "maxDuration: 2s", "stepTimeout: 1s");

  private final Sites.Taken shop = SITES.take();

  @Test
  void a_backup_that_never_ends_is_given_up_after_maxDuration() {
    shop.site().steps(1_000_000).stepTime(Duration.ofMillis(20));
    Instant begin = Instant.now();

    assertThat(shop.failure("timeout")).contains("within 2s (maxDuration)");
    assertThat(Duration.between(begin, Instant.now())).isBetween(at(2), at(12));
    assertThat(shop.site().requests("startBackup")).hasSize(1);
    assertThat(shop.site().violations()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {60_000, 1_000_000_000})
  void waits_that_the_site_asks_for_do_not_prolong_maxDuration(long sleepTime) {
    shop.site().steps(1_000_000).sleepTime(sleepTime);
    Instant begin = Instant.now();

    assertThat(shop.failure("timeout")).contains("within 2s (maxDuration)");
    assertThat(Duration.between(begin, Instant.now())).isLessThan(at(12));
    assertThat(shop.site().requests("stepBackup")).isEmpty();
    assertThat(shop.site().violations()).isEmpty();
  }

  @Test
  void an_answer_that_trickles_is_given_up_after_stepTimeout() {
    shop.site().fault(Fault.on("startBackup").trickle());
    shop.site().fault(Fault.on("stepBackup").trickle().always());
    Instant begin = Instant.now();

    assertThat(shop.failure("timeout")).contains("within 2s (maxDuration)");
    assertThat(Duration.between(begin, Instant.now())).isLessThan(at(8));
  }

  @Test
  void a_reason_is_short_however_much_the_site_has_to_say() {
    Object[] profiles = new Object[400];
    for (int i = 0; i < profiles.length; i += 2) {
      profiles[i] = i + 2;
      profiles[i + 1] = "n".repeat(200);
    }
    shop.site().profiles(profiles);

    assertThat(shop.failure("not-found"))
        .startsWith("The site has no backup profile 1. It has: 2 (nnn")
        .hasSizeLessThanOrEqualTo(2_001);
  }

  @Test
  void an_answer_of_more_than_16_MiB_breaks_off() {
    shop.site().fault(Fault.on("stepBackup").nth(2).junkAfter(" ".repeat(17 << 20)));

    var told = shop.backup().data();
    assertThat(told.state()).isEqualTo("completed"); // as any answer that did not come
    assertThat(told.warnings().texts()).singleElement().asString().contains("step 2 was lost");
    assertThat(shop.site().requests("stepBackup")).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void junk_that_nests_deeply_does_no_harm(String bracket) {
    shop.site().fault(Fault.on("stepBackup").nth(2).junkBefore(bracket.repeat(1 << 18)));
    shop.site()
        .fault(
            Fault.on("stepBackup").nth(3).answer(200, "application/json", bracket.repeat(1 << 18)));

    var told = shop.backup().data();
    assertThat(told.state()).isEqualTo("completed");
    assertThat(told.recoveries()).isPositive();
    assertThat(shop.site().archiveBroken(told.recordId())).isFalse();
    assertThat(shop.site().violations()).isEmpty();
  }

  private static Duration at(int seconds) {
    return Duration.ofSeconds(seconds);
  }
}
