package io.github.camelakeeba.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.product.QuickTimings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the product waits for is as shipped, whatever tests run with. */
class TimingsTest {
  private static final Timings SHIPPED = Timings.SHIPPED;
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{(backup-timing-[a-z-]+):(\\d+)}}");

  @AfterEach
  void forget() {
    System.clearProperty(Timings.PROPERTY);
  }

  @Test
  @Tag("fault")
  void each_is_shipped_as_the_documents_say() {
    assertThat(SHIPPED)
        .isEqualTo(
            new Timings(
                Duration.ofSeconds(1), // heartbeat
                Duration.ofSeconds(15), // node
                Duration.ofSeconds(10), // settle
                Duration.ofMinutes(1), // watch of files
                Duration.ofSeconds(2), // second look
                Duration.ofSeconds(10), // connect
                Duration.ofSeconds(1), // start
                Duration.ofSeconds(3), // watchdog
                Duration.ofSeconds(3), // triggers
                Duration.ofSeconds(2), // clock
                Duration.ofMinutes(1), // align
                Duration.ofMinutes(1), // history: start
                Duration.ofHours(1), // history
                Duration.ofMinutes(1), // proofs
                Duration.ofMinutes(1), // recheck
                Duration.ofMillis(500), // delivery
                Duration.ofSeconds(1), // first retry
                Duration.ofMinutes(10), // longest retry
                60, // pauses of gathering
                Duration.ofSeconds(1), // hold
                Duration.ofSeconds(30), // longest hold
                Duration.ofSeconds(30), // foreground
                Duration.ofSeconds(5), // request
                Duration.ofSeconds(10), // idle
                Duration.ofSeconds(5), // follower
                Duration.ofSeconds(5), // inspections
                Duration.ofHours(1), // watched site
                Duration.ofDays(1), // any other
                Duration.ofSeconds(8))); // shutdown
  }

  /**
   * A missed backup is reported within 15 s of falling due, after a gathering of 5 s at most twice.
   */
  @Test
  void what_is_missed_can_be_told_within_15_s() {
    Duration gather = Duration.ofSeconds(5);
    Duration longest =
        SHIPPED.watchdogInterval().plus(gather.multipliedBy(2)).plus(SHIPPED.deliveryInterval());
    assertThat(longest).isLessThan(Duration.ofSeconds(15));
  }

  /** product.md: exit 0 within 10 s; the web server takes another second. */
  @Test
  void an_ordered_stop_fits_into_10_s() {
    assertThat(SHIPPED.shutdownTimeout().plusSeconds(1)).isLessThan(Duration.ofSeconds(10));
  }

  /** run-on-two-nodes.md: a dead node's runs are claimed within 30 s. */
  @Test
  void a_dead_node_is_noticed_in_time_and_a_living_one_is_not_taken_for_dead() {
    assertThat(SHIPPED.nodeTimeout().multipliedBy(2)).isLessThanOrEqualTo(Duration.ofSeconds(30));
    for (Timings timings : List.of(SHIPPED, QuickTimings.QUICK)) {
      assertThat(timings.nodeTimeout())
          .isGreaterThanOrEqualTo(timings.heartbeatInterval().multipliedBy(10));
    }
  }

  @Test
  void the_routes_show_the_shipped_values_and_every_clock_of_theirs_is_one() throws IOException {
    Map<String, String> placeholders = SHIPPED.placeholders();
    List<String> used = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("routes"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".camel.yaml")).toList()) {
        String text = Files.readString(file);
        PLACEHOLDER
            .matcher(text)
            .results()
            .forEach(
                found -> {
                  assertThat(placeholders)
                      .as("%s", file)
                      .containsEntry(found.group(1), found.group(2));
                  used.add(found.group(1));
                });
        assertThat(text).as("%s", file).doesNotContainPattern("\\bdelay: \\d");
      }
    }
    assertThat(used)
        .contains(
            "backup-timing-heartbeat-interval",
            "backup-timing-watchdog-interval",
            "backup-timing-delivery-interval",
            "backup-timing-trigger-interval",
            "backup-timing-start-pause");
  }

  @Test
  void a_child_process_of_a_test_has_its_own_and_nobody_else() {
    assertThat(Timings.ofProcess()).isEqualTo(SHIPPED);
    String option = QuickTimings.option(QuickTimings.QUICK);
    System.setProperty(Timings.PROPERTY, option.substring(option.indexOf('=') + 1));
    assertThat(Timings.ofProcess()).isEqualTo(QuickTimings.QUICK).isNotEqualTo(SHIPPED);
  }

  @Test
  void a_change_of_what_is_none_is_refused_with_the_names_there_are() {
    assertThatThrownBy(() -> SHIPPED.with(Map.of("nodeLife", 1L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nodeLife=1")
        .hasMessageContaining("nodeTimeout");
    assertThatThrownBy(() -> SHIPPED.with(Map.of("nodeTimeout", 0L)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
