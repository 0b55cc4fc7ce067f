package io.github.camelakeeba.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventCopies;
import io.github.camelakeeba.event.EventSource;
import io.github.camelakeeba.event.OutboxEntry;
import io.github.camelakeeba.event.Recipient;
import io.github.camelakeeba.event.SampleBackup;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.store.CopiedStore;
import io.github.camelakeeba.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** A channel that is down is asked by one message at a time, however many wait. */
@Tag("fault")
class ChannelCircuitBreakersTest {
  private static final int WAITING = 500;

  private final Database database = CopiedStore.memory("rests-" + UUID.randomUUID(), 4);
  private final JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
  private final List<String> attempts = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-22T01:00:00Z");
  private Outbox outbox;

  /** The test says what time it is. */
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

  @BeforeEach
  void put_many() {
    Channel hook =
        new Channel.Chat("hook", "slack", new Secret("https://chat.example.com/x"), null, null);
    outbox =
        new Outbox(
            database,
            "a",
            clock,
            SampleBackup.channels(hook),
            Duration.ofHours(24),
            Duration.ZERO,
            EventSource.of("urn:example:backup"),
            (channel, well) -> {},
            Timings.SHIPPED);
    for (int i = 0; i < WAITING; i++) {
      Event event = EventCopies.run(SampleBackup.completed(), "run-" + i);
      outbox.enqueueEntry(new OutboxEntry(event, List.of(new Recipient("hook", null, now))));
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** Two looks a second, as the route has them. */
  private void deliver(Duration time, boolean down) {
    for (Instant end = now.plus(time); now.isBefore(end); now = now.plusMillis(500)) {
      for (Delivery delivery : outbox.dueDeliveries("hook")) {
        if (outbox.claim(delivery)) {
          attempts.add(delivery.message().subject());
          if (down) {
            outbox.markFailed(delivery, new DeliveryException("no answer"));
          } else {
            outbox.markDelivered(delivery);
          }
        }
      }
    }
  }

  private int open() {
    return jdbc.queryForObject(
        "select count(*) from outbox where delivered_at is null and parked_at is null",
        Integer.class);
  }

  @Test
  void while_it_is_down_one_asks_and_when_it_is_back_all_go_out_in_order() {
    deliver(Duration.ofMinutes(10), true);
    // after 1, 2, 4, 8, 16, 32 s, then each minute
    assertThat(attempts).hasSizeBetween(10, 22).doesNotHaveDuplicates();

    attempts.clear();
    deliver(Duration.ofSeconds(90), false);
    assertThat(open()).isZero();
    assertThat(attempts).hasSize(WAITING);
    assertThat(attempts.subList(1, WAITING))
        .isSortedAccordingTo((a, b) -> Integer.compare(number(a), number(b)));
  }

  private static int number(String run) {
    return Integer.parseInt(run.substring("run-".length()));
  }

  @Test
  void what_a_server_answers_410_to_is_parked_at_once() {
    Delivery first = outbox.dueDeliveries("hook").get(0);
    assertThat(outbox.claim(first)).isTrue();
    outbox.markFailed(
        first, DeliveryException.permanent("webhook hook: the server answered HTTP 410"));
    assertThat(open()).isEqualTo(WAITING - 1);
    assertThat(
            jdbc.queryForList(
                "select last_error from outbox where parked_at is not null", String.class))
        .containsExactly("webhook hook: the server answered HTTP 410");

    now = now.plusSeconds(10);
    Delivery second = outbox.dueDeliveries("hook").get(0);
    assertThat(outbox.claim(second)).isTrue();
    outbox.markFailed(second, new DeliveryException("webhook hook: the server answered HTTP 500"));
    assertThat(open()).isEqualTo(WAITING - 1);
  }

  @Test
  void who_wants_messages_tried_again_need_not_wait_for_the_end_of_a_rest() {
    deliver(Duration.ofMinutes(5), true);
    assertThat(outbox.dueDeliveries("hook")).isEmpty();

    outbox.resetCircuitBreakers();

    assertThat(outbox.dueDeliveries("hook")).hasSizeGreaterThan(100);
  }

  @Test
  void one_that_is_refused_again_and_again_does_not_keep_the_others_back() {
    for (int i = 0; i < 30; i++) {
      for (Delivery delivery : outbox.dueDeliveries("hook")) {
        if (outbox.claim(delivery)) {
          if (delivery.message().subject().equals("run-0")) {
            outbox.markFailed(delivery, new DeliveryException("HTTP 400"));
          } else {
            outbox.markDelivered(delivery);
          }
        }
      }
      now = now.plusMillis(1_300);
    }
    assertThat(open()).isEqualTo(1);
  }

  @Test
  void what_has_waited_too_long_behind_the_one_that_asks_is_parked_with_it() {
    deliver(Duration.ofSeconds(30), true);
    now = now.plus(Duration.ofHours(25));
    deliver(Duration.ofSeconds(1), true);

    assertThat(open()).isZero();
    assertThat(
            jdbc.queryForObject(
                "select count(*) from outbox where parked_at is not null"
                    + " and last_error = 'no answer'",
                Integer.class))
        .isEqualTo(WAITING);
  }
}
