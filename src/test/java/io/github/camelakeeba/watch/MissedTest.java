package io.github.camelakeeba.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.notify.WebhookReceiver;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.store.Database;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** A missing backup never passes in silence: told once, reminded of, and called off. */
@Tag("slow")
@Tag("fault")
class MissedTest {
  private static final URI NOWHERE =
      URI.create("http://127.0.0.1:9/index.php?option=com_akeebabackup&view=api&format=raw");

  /** So soon after falling due it is told. */
  private static final Duration SOON = Duration.ofSeconds(15);

  @TempDir Path folder;

  private WebhookReceiver web;
  private RunningProduct product;

  @BeforeEach
  void start() throws IOException {
    web = new WebhookReceiver();
    product = new RunningProduct(folder).durable();
  }

  @AfterEach
  void stop() throws IOException {
    product.close();
    web.close();
  }

  private String rule(String more) {
    return """
    channels: {hook: {type: webhook, url: "%s"}}
    notify: [{on: [missed, recovered, failed], to: hook%s}]
    """
        .formatted(web.url("/hook"), more);
  }

  private JsonNode told(String site, String state) {
    return await()
        .atMost(RunningProduct.PATIENCE)
        .until(() -> all(site, state), events -> !events.isEmpty())
        .get(0);
  }

  private List<JsonNode> all(String site, String state) {
    return web.taken("/hook").stream()
        .filter(event -> event.at("/data/site").asText().equals(site))
        .filter(event -> event.at("/data/state").asText().equals(state))
        .toList();
  }

  @Test
  void a_site_that_was_never_backed_up_is_missed_from_its_entry_on_and_once() throws Exception {
    Instant entry = Instant.now();
    product.site("shop", NOWHERE, "overdueAfter: 2s").yaml(rule("")).start();
    JsonNode missed = told("shop", "missed");

    assertThat(Instant.now()).isBefore(entry.plusSeconds(2).plus(SOON));
    assertThat(missed.path("subject").asText()).isEqualTo("shop");
    assertThat(missed.path("type").asText()).isEqualTo("io.github.camelakeeba.backup.missed.v1");
    assertThat(missed.at("/data/run").isNull()).isTrue();
    assertThat(missed.at("/data/lastGoodAt").isNull()).isTrue();
    assertThat(missed.at("/data/gapMs").asLong()).isBetween(2_000L, 17_000L);

    // the alarm of one behind it, by name, shows that the watchdog has looked at it again
    product.stop();
    product.site("zoo", NOWHERE, "overdueAfter: 1s").start();
    told("zoo", "missed");
    assertThat(all("shop", "missed")).hasSize(1);
  }

  @Test
  void the_first_good_backup_calls_it_off_once_and_says_how_long_the_gap_was() throws Exception {
    SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(3);
    product.site("shop", shop.url(), "overdueAfter: 2s").yaml(rule("")).start();
    told("shop", "missed");
    product.backup("shop");
    JsonNode recovered = told("shop", "recovered");

    assertThat(recovered.path("subject").asText()).isEqualTo("shop");
    assertThat(recovered.at("/data/run").isNull()).isTrue();
    assertThat(recovered.at("/data/archive").asText()).isNotEmpty();
    assertThat(recovered.at("/data/gapMs").asLong()).isGreaterThanOrEqualTo(2_000);
    product.backup("shop");
    delivered();
    assertThat(all("shop", "recovered")).hasSize(1);
  }

  @Test
  void after_failures_too_the_first_good_one_is_a_recovery_and_counts_them() throws Exception {
    SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(3);
    product.site("shop", shop.url()).yaml(rule("")).start();
    product.backup("shop");
    String good = product.jdbc().queryForObject("select last_good_at from standing", String.class);
    shop.failAt(2, "The disk is full");
    product.backup("shop");
    product.backup("shop");
    shop.failAt(99, "");
    product.backup("shop");
    JsonNode recovered = told("shop", "recovered");

    assertThat(good).isNotNull();
    assertThat(all("shop", "failed").stream().map(event -> event.at("/data/failures").asInt()))
        .containsExactly(1, 2);
    assertThat(recovered.at("/data/failures").asInt()).isEqualTo(2);
    assertThat(recovered.at("/data/lastGoodAt").asText())
        .isEqualTo(all("shop", "failed").get(0).at("/data/lastGoodAt").asText());
    assertThat(web.states("/hook")).containsExactly("failed", "failed", "recovered");
  }

  @Test
  void our_own_downtime_is_no_excuse() throws Exception {
    SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(3);
    product.site("shop", shop.url(), "overdueAfter: 1h").yaml(rule("")).start();
    product.backup("shop");
    product.stop();
    downForTwoHours();
    product.start();
    Instant up = Instant.now();
    told("shop", "missed");
    assertThat(Instant.now()).isBefore(up.plus(SOON));
  }

  /** What the store knows is as old as after a downtime. */
  private void downForTwoHours() {
    try (Database database = Database.file(folder.resolve("data"), 2)) {
      new JdbcTemplate(database.dataSource())
          .update(
              """
              update standing set entered_at = entered_at - interval '2' hour,
                last_good_at = last_good_at - interval '2' hour
              """);
    }
  }

  /** As its schedule, or a request before the downtime, has left it. */
  private void waiting(String site, Instant due) {
    try (Database database = Database.file(folder.resolve("data"), 2)) {
      new JdbcTemplate(database.dataSource())
          .update(
              """
              insert into run (id, site, host, state, trigger_kind, profile, description,
                comment_text, overrides, due_at, queued_at)
              select distinct site || '-again', site, host, 'queued', 'schedule', profile, '', '', '{}',
                cast(? as timestamp(3) with time zone), current_timestamp from run where site = ?
              """,
              due.toString(),
              site);
    }
  }

  /** The site has a good backup, that is too old when the service is back, and a run in line. */
  private SimulatedSite backAfterADowntime() throws Exception {
    SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(3);
    product.site("shop", shop.url(), "overdueAfter: 1h").yaml(rule("")).start();
    product.backup("shop");
    product.stop();
    downForTwoHours();
    waiting("shop", Instant.now().plus(Duration.ofHours(1))); // until goesOn()
    product.site("zoo", NOWHERE, "overdueAfter: 1s");
    return shop;
  }

  /** What stands in line begins. */
  private void goesOn() {
    product.jdbc().update("update run set due_at = current_timestamp where id = 'shop-again'");
  }

  @Test
  void after_a_downtime_a_site_whose_run_is_in_line_is_told_of_when_that_has_failed()
      throws Exception {
    SimulatedSite shop = backAfterADowntime();
    shop.failAt(2, "The disk is full");
    product.start();
    told("zoo", "missed"); // looked at behind the other
    assertThat(all("shop", "missed")).isEmpty();

    goesOn();
    product.outcome("shop-again");
    Instant missed = Instant.parse(told("shop", "missed").path("time").asText());
    assertThat(missed)
        .isAfterOrEqualTo(Instant.parse(told("shop", "failed").path("time").asText()));
  }

  @Test
  void and_never_when_that_has_ended_well() throws Exception {
    backAfterADowntime();
    product.start();
    told("zoo", "missed");
    goesOn();
    product.outcome("shop-again");
    delivered();
    // a recovery is told of a site that was told to be missed
    assertThat(all("shop", "recovered")).isEmpty();
  }

  @Test
  void a_site_that_is_switched_off_or_taken_out_raises_no_alarm_and_begins_anew_when_it_is_back()
      throws Exception {
    product.site("shop", NOWHERE, "overdueAfter: 3s").yaml(rule("")).start();
    product.stop();
    product.close();
    Instant due = Instant.now().plusSeconds(3);
    await().atMost(RunningProduct.PATIENCE).until(() -> Instant.now().isAfter(due));

    try (RunningProduct without = new RunningProduct(folder).durable()) {
      without
          .site("off", NOWHERE, "overdueAfter: 1s", "enabled: false")
          .site("zoo", NOWHERE, "overdueAfter: 1s")
          .yaml(rule(""))
          .start();
      told("zoo", "missed"); // looked at, and told, behind the others
    }
    assertThat(all("shop", "missed")).isEmpty();
    assertThat(all("off", "missed")).isEmpty();

    try (RunningProduct back = new RunningProduct(folder).durable()) {
      Instant entry = Instant.now();
      back.site("shop", NOWHERE, "overdueAfter: 3s").yaml(rule("")).start();
      JsonNode missed = told("shop", "missed");
      assertThat(Instant.parse(missed.path("time").asText())).isAfter(entry.plusSeconds(3));
    }
  }

  @Test
  void what_lasts_is_told_again_as_long_as_it_lasts() throws Exception {
    SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(3);
    product
        .site("blog", NOWHERE, "overdueAfter: 1s")
        .site("shop", shop.url(), "overdueAfter: 1d")
        .yaml(rule(", remind: 2s"))
        .start();
    shop.failAt(2, "The disk is full");
    product.backup("shop");
    await().atMost(RunningProduct.PATIENCE).until(() -> all("blog", "missed").size() >= 3);
    await().atMost(RunningProduct.PATIENCE).until(() -> all("shop", "failed").size() >= 2);

    assertThat(all("blog", "missed").stream().map(event -> event.at("/data/reminder").asBoolean()))
        .startsWith(false, true, true);
    JsonNode again = all("shop", "failed").get(1);
    assertThat(again.at("/data/reminder").asBoolean()).isTrue();
    assertThat(again.at("/data/error/message").asText()).isEqualTo("The disk is full");
    assertThat(web.ids("/hook")).doesNotHaveDuplicates();

    shop.failAt(99, "");
    product.backup("shop");
    told("shop", "recovered");
    int failed = all("shop", "failed").size();
    int missed = all("blog", "missed").size();
    await().atMost(RunningProduct.PATIENCE).until(() -> all("blog", "missed").size() >= missed + 2);
    assertThat(all("shop", "failed")).hasSize(failed);
  }

  private void delivered() {
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(() -> product.service().beans().outbox().undeliveredCount(null) == 0);
  }
}
