package io.github.camelakeeba.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.product.Product;
import io.github.camelakeeba.site.Secret;
import io.github.camelakeeba.site.Signing;
import io.github.camelakeeba.site.Timings;
import io.github.camelakeeba.site.Trigger;
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
class OwedRepliesTest {
  private static final ReplyTo TO = new ReplyTo("queue:answers", "my-1");

  @TempDir static Path folder;
  private static Product product;
  private static String run;

  @BeforeAll
  static void start() throws Exception {
    product = new Product(folder);
    product.site("shop", product.server().joomla("shop").secret(Product.SECRET).steps(1).url());
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

  private static Trigger trigger(String name, Trigger.Answer answer) {
    return new Trigger(
        name,
        new Secret("jms:queue:in?connectionFactory=#bean:pool"),
        null,
        List.of(),
        Map.of(),
        Signing.NONE,
        null,
        null,
        answer,
        Duration.ofMinutes(5),
        true,
        null,
        true);
  }

  /** A node, so long after now. */
  private OwedReplies node(Duration later) {
    return new OwedReplies(
        Map.of("ask", trigger("ask", Trigger.Answer.OUTCOME)),
        product.database().dataSource(),
        Timings.SHIPPED,
        Clock.fixed(Instant.now().truncatedTo(ChronoUnit.MILLIS).plus(later), ZoneOffset.UTC));
  }

  @Test
  void a_message_that_comes_again_is_answered_once_and_by_one_node() {
    OwedReplies one = node(Duration.ofSeconds(1));
    one.await("ask", run, TO);
    node(Duration.ofSeconds(2)).await("ask", run, TO);
    one.await("ask", run, new ReplyTo("queue:answers", null));
    List<OwedReply> due = one.due("ask");
    assertThat(due).hasSize(2);

    OwedReply reply = due.get(0);
    OwedReplies other = node(Duration.ofSeconds(3));
    assertThat(one.take(reply)).isTrue();
    assertThat(other.take(reply)).isFalse();
    assertThat(other.due("ask")).hasSize(1);
    // the node that has taken it dies: another sends it
    OwedReplies later = node(Duration.ofMinutes(3));
    assertThat(later.due("ask")).hasSize(2);
    OwedReply again =
        later.due("ask").stream().filter(r -> r.id().equals(reply.id())).findFirst().orElseThrow();
    assertThat(later.take(again)).isTrue();
    later.sent(again);
    assertThat(later.due("ask")).hasSize(1);
  }

  @Test
  void a_run_that_has_not_ended_is_not_told() {
    String outcome = product.jdbc().queryForObject("select outcome from run", String.class);
    product.jdbc().update("update run set outcome = null");
    node(Duration.ZERO).await("ask", run, TO);
    assertThat(node(Duration.ofHours(30)).due("ask")).isEmpty();
    product.jdbc().update("update run set outcome = ?", outcome);
    assertThat(node(Duration.ofHours(30)).due("ask")).hasSize(1);
  }

  @Test
  void what_fails_comes_again_after_growing_pauses_and_is_given_up_a_day_after_the_end() {
    node(Duration.ZERO).await("ask", run, TO);
    int attempts = 0;
    OwedReplies now = node(Duration.ZERO);
    for (Duration at = Duration.ZERO; at.toHours() < 25; at = at.plusMinutes(1)) {
      now = node(at);
      for (OwedReply reply : now.due("ask")) {
        assertThat(now.take(reply)).isTrue();
        now.failed(reply, new IllegalStateException("no such queue"));
        attempts++;
      }
    }
    assertThat(attempts).isBetween(100, 200); // every 10 min in the end
    assertThat(product.jdbc().queryForList("select * from reply")).isEmpty();
  }

  @Test
  void what_a_trigger_that_is_gone_has_promised_is_given_up_at_the_start() {
    node(Duration.ZERO).await("ask", run, TO);
    node(Duration.ZERO).giveUpStrangers();
    assertThat(node(Duration.ofSeconds(1)).due("ask")).hasSize(1);
    new OwedReplies(
            Map.of("ask", trigger("ask", Trigger.Answer.ACCEPTED)),
            product.database().dataSource(),
            Timings.SHIPPED,
            Clock.systemUTC())
        .giveUpStrangers();
    assertThat(node(Duration.ofSeconds(1)).due("ask")).isEmpty();
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
