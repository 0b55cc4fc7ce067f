package io.github.camelakeeba.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.SignatureSettings;
import io.github.camelakeeba.event.SampleBackup;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SampleStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is not delivered can be seen and tried again, on both kinds of stores. */
@Tag("postgres")
class UndeliveredMessagesTest {
  private static final SampleStore STORES = new SampleStore();

  private final Map<String, Channel> channels =
      SampleBackup.channels(webhook("chat"), webhook("hook"), webhook("idle"));
  private Database database;
  private OutboxRows rows;
  private OutboxQueries view;
  private OutboxRetry retry;

  @AfterEach
  void close() {
    database.close();
  }

  private static Channel webhook(String name) {
    return new Channel.Webhook(
        name,
        new Secret("https://127.0.0.1/" + name + "-address"),
        SignatureSettings.NONE,
        Map.of(),
        null);
  }

  private void open(String store) {
    database = STORES.open(store, 4);
    new JdbcTemplate(database.dataSource()).update("delete from outbox");
    rows = new OutboxRows(database.dataSource());
    view = new OutboxQueries(database.dataSource(), channels);
    retry = new OutboxRetry(database.dataSource(), channels, Clock.systemUTC());
    rows.fresh("chat", "a/started")
        .failing("chat", "a/failed", "connection\nrefused")
        .waiting("chat", "b/completed", "digest 1d")
        .waiting("chat", "c/completed", "quiet")
        .parked("hook", "a/completed", "the server answered HTTP 500")
        .parkedDigest("hook", "d/warning", "e/warning")
        .parked("gone", "a/missed", "the channel is not in config/sites.yaml any more");
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql"})
  void each_channel_is_counted_and_its_newest_error_is_told(String store) {
    open(store);

    Map<String, ChannelState> states =
        view.channelStates().stream()
            .collect(java.util.stream.Collectors.toMap(ChannelState::channel, one -> one));

    assertThat(view.channelStates())
        .extracting(ChannelState::channel)
        .containsExactly("chat", "hook", "idle", "gone");
    ChannelState chat = states.get("chat");
    assertThat(List.of(chat.pending(), chat.waiting(), chat.parked())).containsExactly(2, 2, 0);
    assertThat(chat.lastError()).isEqualTo("connection refused");
    assertThat(chat.oldest()).isEqualTo(chat.failingSince()).isBefore(Instant.now());
    ChannelState hook = states.get("hook");
    assertThat(List.of(hook.pending(), hook.waiting(), hook.parked())).containsExactly(0, 0, 3);
    assertThat(hook.oldest()).isNull();
    assertThat(hook.parkedSince()).isBefore(Instant.now().minus(Duration.ofHours(24)));
    assertThat(states.get("idle")).isEqualTo(ChannelState.none("idle", "webhook"));
    assertThat(states.get("gone").type()).isNull();
    assertThat(view.channelCounts()).extracting(ChannelState::lastError).containsOnlyNulls();
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql"})
  void the_list_says_what_each_message_waits_for(String store) {
    open(store);

    UndeliveredMessages chat = view.messages("chat", false, 100);
    assertThat(chat.messages())
        .extracting(UndeliveredMessages.Entry::state)
        .containsExactly("pending", "pending", "waiting", "waiting");
    assertThat(chat.messages())
        .extracting(UndeliveredMessages.Entry::waitsFor)
        .containsExactly(null, null, "digest 1d", "quiet");
    assertThat(chat.messages().get(1).error()).isEqualTo("connection refused");
    assertThat(chat.messages().get(2).dueAt()).isAfter(Instant.now());
    UndeliveredMessages parked = view.messages(null, true, 2);
    assertThat(parked.count()).isEqualTo(4);
    assertThat(parked.messages())
        .hasSize(2)
        .allSatisfy(row -> assertThat(row.parkedAt()).isBefore(Instant.now()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql"})
  void a_retry_of_all_takes_what_is_parked_and_can_be_delivered(String store) {
    open(store);

    assertThat(retry.retry(null, List.of())).isEqualTo(3);

    assertThat(view.messages("hook", false, 9).messages())
        .hasSize(3)
        .allSatisfy(
            row -> {
              assertThat(row.state()).isEqualTo("pending");
              assertThat(row.attempts()).isZero();
              assertThat(row.dueAt()).isBeforeOrEqualTo(Instant.now());
            });
    assertThat(view.messages("gone", true, 9).count()).isEqualTo(1);
    assertThat(attempts("a/failed")).isEqualTo(5);
    assertThat(retry.retry(null, List.of())).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql"})
  void a_channel_that_is_named_need_not_wait_for_its_next_attempt(String store) {
    open(store);

    assertThat(retry.retry("chat", List.of())).isEqualTo(1);

    assertThat(attempts("a/failed")).isZero();
    assertThat(view.messages("chat", false, 9).messages())
        .extracting(UndeliveredMessages.Entry::state)
        .as("digests and quiet hours are not cut short")
        .containsExactly("pending", "pending", "waiting", "waiting");
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql"})
  void a_message_of_several_rows_is_tried_again_as_a_whole(String store) {
    open(store);

    assertThat(retry.retry(null, List.of(rows.id("d/warning"), 999_999L))).isEqualTo(2);

    assertThat(attempts("e/warning")).isZero();
    assertThat(attempts("a/completed")).isEqualTo(148);
    assertThat(retry.retry("chat", List.of(rows.id("a/completed"))))
        .as("of another channel")
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql"})
  void what_is_given_up_once_more_is_worth_a_word_once_more(String store) {
    open(store);
    JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
    jdbc.update("delete from told_parked");
    for (String channel : List.of("hook", "idle")) {
      jdbc.update(
          "insert into told_parked (channel, told_at) values (?, ?)",
          channel,
          OffsetDateTime.now());
    }

    retry.retry(null, List.of());

    assertThat(jdbc.queryForList("select channel from told_parked", String.class))
        .containsExactly("idle");
  }

  private int attempts(String event) {
    return new JdbcTemplate(database.dataSource())
        .queryForObject("select attempts from outbox where event_id = ?", Integer.class, event);
  }
}
