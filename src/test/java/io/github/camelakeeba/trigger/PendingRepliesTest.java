package io.github.camelakeeba.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.config.SignatureSettings;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.exchange.IsolatedExchanges;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.trigger.message.ReplyTo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which reply is sent when, and by whom; without a broker. */
class PendingRepliesTest {
  private static final ReplyTo TO = new ReplyTo("queue:answers", "my-1");

  @TempDir static Path folder;
  private static RunningProduct product;
  private static String run;

  @BeforeAll
  static void start() throws Exception {
    product = new RunningProduct(folder);
    product.site(
        "shop", product.server().joomla("shop").secret(RunningProduct.SECRET).steps(1).url());
    product.start();
    run = product.backup("shop").subject();
  }

  @AfterAll
  static void stop() throws IOException {
    product.close();
  }

  @BeforeEach
  void nothingIsOwed() {
    product.jdbc().update("delete from reply");
  }

  private static Trigger trigger(String name, Trigger.ReplyMode answer) {
    return new Trigger(
        name,
        new Secret("jms:queue:in?connectionFactory=#bean:pool"),
        null,
        List.of(),
        Map.of(),
        SignatureSettings.NONE,
        null,
        null,
        answer,
        Duration.ofMinutes(5),
        true,
        null,
        true);
  }

  /** A node, so long after now. */
  private PendingReplies node(Duration later) {
    return new PendingReplies(
        Map.of("ask", trigger("ask", Trigger.ReplyMode.OUTCOME)),
        product.database().dataSource(),
        new IsolatedExchanges(product.service().context()),
        Timings.SHIPPED,
        Clock.fixed(Instant.now().truncatedTo(ChronoUnit.MILLIS).plus(later), ZoneOffset.UTC));
  }

  @Test
  void a_message_that_comes_again_is_answered_once_and_by_one_node() {
    PendingReplies one = node(Duration.ofSeconds(1));
    one.register("ask", run, TO);
    node(Duration.ofSeconds(2)).register("ask", run, TO);
    one.register("ask", run, new ReplyTo("queue:answers", null));
    List<PendingReply> due = one.dueReplies("ask");
    assertThat(due).hasSize(2);

    PendingReply reply = due.get(0);
    PendingReplies other = node(Duration.ofSeconds(3));
    assertThat(one.claim(reply)).isTrue();
    assertThat(other.claim(reply)).isFalse();
    assertThat(other.dueReplies("ask")).hasSize(1);
    // the node that has taken it dies: another sends it
    PendingReplies later = node(Duration.ofMinutes(3));
    assertThat(later.dueReplies("ask")).hasSize(2);
    PendingReply again =
        later.dueReplies("ask").stream()
            .filter(r -> r.id().equals(reply.id()))
            .findFirst()
            .orElseThrow();
    assertThat(later.claim(again)).isTrue();
    later.markSent(again);
    assertThat(later.dueReplies("ask")).hasSize(1);
  }

  @Test
  void a_run_that_has_not_ended_is_not_told() {
    String outcome = product.jdbc().queryForObject("select outcome from run", String.class);
    product.jdbc().update("update run set outcome = null");
    node(Duration.ZERO).register("ask", run, TO);
    assertThat(node(Duration.ofHours(30)).dueReplies("ask")).isEmpty();
    product.jdbc().update("update run set outcome = ?", outcome);
    assertThat(node(Duration.ofHours(30)).dueReplies("ask")).hasSize(1);
  }

  @Test
  void what_fails_comes_again_after_growing_pauses_and_is_given_up_a_day_after_the_end() {
    node(Duration.ZERO).register("ask", run, TO);
    int attempts = 0;
    PendingReplies now = node(Duration.ZERO);
    for (Duration at = Duration.ZERO; at.toHours() < 25; at = at.plusMinutes(1)) {
      now = node(at);
      for (PendingReply reply : now.dueReplies("ask")) {
        assertThat(now.claim(reply)).isTrue();
        now.markFailed(reply, new IllegalStateException("no such queue"));
        attempts++;
      }
    }
    assertThat(attempts).isBetween(100, 200); // every 10 min in the end
    assertThat(product.jdbc().queryForList("select * from reply")).isEmpty();
  }

  @Test
  void a_reply_that_no_broker_accepts_stays() {
    PendingReplies replies = node(Duration.ofHours(30));
    replies.register("ask", run, TO);
    PendingReply reply = replies.dueReplies("ask").get(0);

    assertThatThrownBy(() -> replies.send(reply)).isInstanceOf(Exception.class);

    assertThat(node(Duration.ofHours(31)).dueReplies("ask"))
        .extracting(PendingReply::id)
        .containsExactly(reply.id());
  }

  @Test
  void a_reply_that_another_node_is_sending_is_left_to_it() throws Exception {
    PendingReplies replies = node(Duration.ofHours(30));
    replies.register("ask", run, TO);
    PendingReply reply = replies.dueReplies("ask").get(0);
    assertThat(node(Duration.ofHours(30)).claim(reply)).isTrue();

    replies.send(reply); // there is no broker: it would throw

    assertThat(node(Duration.ofHours(31)).dueReplies("ask"))
        .extracting(PendingReply::attempts)
        .containsExactly(1);
  }

  @Test
  void an_error_of_the_java_machine_is_no_failed_reply() {
    PendingReplies replies = node(Duration.ofHours(30));
    replies.register("ask", run, TO);
    PendingReply reply = replies.dueReplies("ask").get(0);
    Throwable error = new IllegalStateException(new OutOfMemoryError("Java heap space"));

    assertThatThrownBy(() -> replies.markFailed(reply, error)).isInstanceOf(OutOfMemoryError.class);

    assertThat(replies.dueReplies("ask")).containsExactly(reply);
  }

  @Test
  void what_a_trigger_that_is_gone_has_promised_is_given_up_at_the_start() {
    node(Duration.ZERO).register("ask", run, TO);
    node(Duration.ZERO).discardForRemovedTriggers();
    assertThat(node(Duration.ofSeconds(1)).dueReplies("ask")).hasSize(1);
    new PendingReplies(
            Map.of("ask", trigger("ask", Trigger.ReplyMode.ACCEPTED)),
            product.database().dataSource(),
            new IsolatedExchanges(product.service().context()),
            Timings.SHIPPED,
            Clock.systemUTC())
        .discardForRemovedTriggers();
    assertThat(node(Duration.ofSeconds(1)).dueReplies("ask")).isEmpty();
  }

  @Test
  void it_goes_over_the_broker_that_the_request_came_from() {
    assertThat(ReplyUri.of(new Secret("amqp:queue:in"), "queue").reveal())
        .isEqualTo("amqp:queue:backup.reply?timeToLive=86400000");
    assertThat(
            ReplyUri.of(new Secret("jms:backup.requests?username=a&password=RAW(b?c:d)"), "topic")
                .reveal())
        .isEqualTo("jms:topic:backup.reply?username=a&password=RAW(b?c:d)&timeToLive=86400000");
    assertThat(ReplyUri.of(new Secret("jms:topic:in?clientId=x"), "queue").reveal())
        .isEqualTo("jms:queue:backup.reply?clientId=x&timeToLive=86400000");
  }
}
