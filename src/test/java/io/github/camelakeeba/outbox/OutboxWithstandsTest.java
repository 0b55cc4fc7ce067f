package io.github.camelakeeba.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.event.Digest;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventCopies;
import io.github.camelakeeba.event.EventSource;
import io.github.camelakeeba.event.OutboxEntry;
import io.github.camelakeeba.event.Recipient;
import io.github.camelakeeba.event.SampleBackup;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SampleStore;
import io.github.camelakeeba.store.SqlTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Rows that can't be read, stores that fail in the middle, nodes that act at once: none is lost.
 */
@Tag("postgres")
class OutboxWithstandsTest {
  private static final int EVENTS = 300;

  private static final SampleStore STORES = new SampleStore();

  private final Instant begin = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final Map<String, Channel> channels =
      SampleBackup.channels(channel("hook"), channel("other"));
  private volatile Instant now = begin;
  private Database database;
  private JdbcTemplate jdbc;
  private Outbox outbox;

  /** The test says what time it is. */
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

  @AfterEach
  void close() {
    database.close();
  }

  private static Channel channel(String name) {
    return new Channel.Chat(name, "slack", new Secret("https://chat.example.com/x"), null, null);
  }

  private void open(String store, int connections) {
    database = STORES.open(store, connections);
    jdbc = new JdbcTemplate(database.dataSource());
    List.of("outbox", "told_parked", "node").forEach(table -> jdbc.update("delete from " + table));
    outbox = node("a");
  }

  /** One of several nodes on the store, which is alive. */
  private Outbox node(String id) {
    jdbc.update(
        "insert into node (id, alive_until) values (?, ?)",
        id,
        SqlTime.of(begin.plus(Duration.ofHours(1))));
    return new Outbox(
        database,
        id,
        clock,
        channels,
        Duration.ofHours(24),
        Duration.ofSeconds(5),
        EventSource.of("urn:example:backup"),
        (channel, well) -> {},
        Timings.SHIPPED);
  }

  private void put(String id, String window, Instant due) {
    put(EventCopies.id(SampleBackup.completed(), id), window, due);
  }

  private void put(Event event, String window, Instant due) {
    outbox.enqueueEntry(new OutboxEntry(event, List.of(new Recipient("hook", window, due))));
  }

  private List<String> due() {
    return outbox.dueDeliveries("hook").stream().map(one -> one.message().id()).toList();
  }

  private int count(String where) {
    return jdbc.queryForObject("select count(*) from outbox where " + where, Integer.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void a_row_that_nobody_can_read_is_parked_and_told_and_holds_back_no_other(String store) {
    open(store, 4);
    put("bad", null, now);
    put("good", null, now);
    jdbc.update("update outbox set event = '{\"id\": 7, \"time\": []}' where event_id = 'bad'");

    assertThat(due()).isEmpty(); // of one run, and so in order
    assertThat(due()).containsExactly("good");
    assertThat(count("event_id = 'bad' and parked_at is not null")).isEqualTo(1);
    assertThat(count("channel = 'other' and event like '%parked.v1%'")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void a_row_that_nobody_can_read_spoils_no_digest(String store) {
    open(store, 4);
    put("bad", "digest 1h", now);
    put("empty", "digest 1h", now);
    put("good", "digest 1h", now);
    put("alone", "digest 2h", now);
    jdbc.update("update outbox set event = 'no JSON' where event_id in ('bad', 'alone')");
    jdbc.update("update outbox set event = '{}' where event_id = 'empty'");
    List<Delivery> due = outbox.dueDeliveries("hook");

    assertThat(due).hasSize(1);
    assertThat(((Digest) due.get(0).message()).data().events())
        .extracting(Digest.Entry::id)
        .containsExactly("good");
    assertThat(outbox.claim(due.get(0))).isTrue();
    outbox.markDelivered(due.get(0));
    assertThat(count("delivered_at is not null")).isEqualTo(1);
    assertThat(count("parked_at is not null and last_error is not null")).isEqualTo(3);
    assertThat(count("channel = 'other' and event like '%parked.v1%'")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void a_digest_is_read_with_one_connection_so_that_many_channels_do_not_wait_for_each_other(
      String store) throws SQLException {
    open(store, 2);
    put("one", "digest 1h", now);
    put("two", "digest 1h", now);
    try (Connection another = database.dataSource().getConnection()) {
      assertThat(another.isValid(1)).isTrue();
      assertThat(due()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void a_message_is_not_parked_when_the_word_of_it_can_not_be_written(String store) {
    open(store, 4);
    put("one", null, now);
    Delivery one = outbox.dueDeliveries("hook").get(0);
    now = now.plus(Duration.ofHours(25));
    assertThat(outbox.claim(one)).isTrue();
    jdbc.update("alter table told_parked rename to gone");
    try {
      assertThatThrownBy(() -> outbox.markFailed(one, new DeliveryException("no answer")))
          .isNotNull();
      assertThat(count("parked_at is null")).isEqualTo(1);
    } finally {
      jdbc.update("alter table gone rename to told_parked");
    }
    outbox.markFailed(outbox.dueDeliveries("hook").get(0), new DeliveryException("no answer"));
    assertThat(count("parked_at is not null")).isEqualTo(1);
    assertThat(count("channel = 'other' and event like '%parked.v1%'")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void what_waits_for_a_channel_that_is_gone_is_not_parked_without_a_word(String store) {
    open(store, 4);
    put("one", null, now);
    channels.remove("hook");
    jdbc.update("alter table told_parked rename to gone");
    try {
      assertThatThrownBy(outbox::parkForRemovedChannels).isNotNull();
    } finally {
      jdbc.update("alter table gone rename to told_parked");
    }
    outbox.parkForRemovedChannels();
    assertThat(count("event_id = 'one' and parked_at is not null")).isEqualTo(1);
    assertThat(count("channel = 'other' and event like '%parked.v1%'")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void quiet_hours_that_end_later_are_not_cut_short_by_those_that_end_sooner(String store) {
    open(store, 4);
    put("tokyo-1", "quiet", begin.plusSeconds(60));
    put("athens", "quiet", begin.plusSeconds(3600));
    put("tokyo-2", "quiet", begin.plusSeconds(60));
    assertThat(outbox.dueDeliveries("hook")).isEmpty();

    now = begin.plusSeconds(61);
    List<Delivery> tokyo = outbox.dueDeliveries("hook");
    assertThat(tokyo).hasSize(1);
    assertThat(((Digest) tokyo.get(0).message()).data().events())
        .extracting(Digest.Entry::id)
        .containsExactly("tokyo-1", "tokyo-2");
    assertThat(outbox.claim(tokyo.get(0))).isTrue();
    outbox.markDelivered(tokyo.get(0));

    now = begin.plusSeconds(3601);
    assertThat(due()).containsExactly("athens");
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void a_recovery_is_not_told_before_the_alarm_that_waits_in_a_message_of_many(String store) {
    open(store, 4);
    put(SampleBackup.missed(0), "gather missed", now);
    for (int i = 1; i <= 4; i++) {
      put("another-" + i, "gather missed", now);
    }
    now = begin.plusSeconds(6);
    Delivery alarm = outbox.dueDeliveries("hook").get(0);
    assertThat(outbox.claim(alarm)).isTrue();
    outbox.markFailed(alarm, new DeliveryException("no answer"));

    put(SampleBackup.recovered(), null, now);
    assertThat(due()).isEmpty();
    now = now.plusSeconds(2);
    assertThat(outbox.dueDeliveries("hook"))
        .extracting(Delivery::batch)
        .containsExactly(alarm.batch());
    outbox.claim(alarm);
    outbox.markDelivered(alarm);
    assertThat(due()).containsExactly(SampleBackup.recovered().id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void a_node_that_has_looked_before_does_not_shorten_the_pause_after_a_failure(String store) {
    open(store, 4);
    Outbox other = node("b");
    put("one", null, now);
    Delivery here = outbox.dueDeliveries("hook").get(0);
    Delivery there = other.dueDeliveries("hook").get(0);
    assertThat(outbox.claim(here)).isTrue();
    assertThat(other.claim(there)).isFalse();
    outbox.markFailed(here, new DeliveryException("busy", Duration.ofMinutes(5)));

    assertThat(other.claim(there)).isFalse();
    now = now.plus(Duration.ofMinutes(6));
    assertThat(other.claim(other.dueDeliveries("hook").get(0))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void who_can_not_look_after_a_channel_does_not_say_that_he_has(String store) {
    open(store, 4);
    assertThat(outbox.lastPolledAt("hook")).isNull();
    outbox.dueDeliveries("hook");
    assertThat(outbox.lastPolledAt("hook")).isEqualTo(begin);
    now = now.plusSeconds(60);
    jdbc.update("alter table outbox rename to gone");
    try {
      assertThatThrownBy(() -> outbox.dueDeliveries("hook")).isNotNull();
    } finally {
      jdbc.update("alter table gone rename to outbox");
    }
    assertThat(outbox.lastPolledAt("hook")).isEqualTo(begin);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void a_command_that_waits_for_the_words_of_its_run_waits_for_the_recovery_too(String store) {
    open(store, 4);
    put(SampleBackup.recovered(), "gather", now);
    assertThat(outbox.undeliveredCount(SampleBackup.completed())).isEqualTo(1);
    assertThat(outbox.undeliveredCount(null)).isEqualTo(1);
    now = now.plusSeconds(6);
    Delivery told = outbox.dueDeliveries("hook").get(0);
    outbox.claim(told);
    outbox.markDelivered(told);
    assertThat(outbox.undeliveredCount(SampleBackup.completed())).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void what_waits_for_a_digest_is_kept_in_short(String store) {
    open(store, 4);
    put(SampleBackup.warning("w".repeat(1000)), "digest 1h", now);
    assertThat(jdbc.queryForObject("select length(event) from outbox", Integer.class))
        .isLessThan(1_500);
    Digest digest = (Digest) outbox.dueDeliveries("hook").get(0).message();
    assertThat(digest.data().events().get(0).warnings()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void of_a_run_only_the_first_message_is_due_until_it_is_taken(String store) {
    open(store, 4);
    put(SampleBackup.started(), null, now);
    put(SampleBackup.completed(), null, now);
    put(SampleBackup.missed(0), null, now);
    assertThat(due()).containsExactly(SampleBackup.started().id(), SampleBackup.missed(0).id());
    Delivery started = outbox.dueDeliveries("hook").get(0);
    outbox.claim(started);
    outbox.markFailed(started, new DeliveryException("no answer"));
    now = now.plusSeconds(2);
    assertThat(due()).containsExactly(SampleBackup.missed(0).id());
    outbox.claim(started);
    outbox.markDelivered(started);
    assertThat(due()).containsExactly(SampleBackup.completed().id(), SampleBackup.missed(0).id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void two_nodes_that_close_windows_at_once_tell_each_event_once(String store) throws Exception {
    open(store, 8);
    Queue<String> told = new ConcurrentLinkedQueue<>();
    List<CompletableFuture<Void>> nodes =
        Stream.of(outbox, node("b"))
            .map(node -> CompletableFuture.runAsync(() -> tell(node, told)))
            .toList();
    for (int i = 0; i < EVENTS; i++) {
      put("event-" + i, i % 3 == 0 ? "digest 1h" : "gather", now.minusSeconds(60));
      if (i % 3 == 0) {
        put("alone-" + i, null, now);
      }
    }
    now = now.plusSeconds(60);
    for (CompletableFuture<Void> node : nodes) {
      node.get(60, TimeUnit.SECONDS);
    }
    assertThat(told).doesNotHaveDuplicates().hasSize(EVENTS + EVENTS / 3);
    assertThat(count("delivered_at is null")).isZero();
  }

  private void tell(Outbox node, Queue<String> told) {
    while (told.size() < EVENTS + EVENTS / 3) {
      for (Delivery delivery : node.dueDeliveries("hook")) {
        if (node.claim(delivery)) {
          if (delivery.message() instanceof Digest digest) {
            digest.data().events().forEach(entry -> told.add(entry.id()));
          } else {
            told.add(delivery.message().id());
          }
          node.markDelivered(delivery);
        }
      }
    }
  }
}
