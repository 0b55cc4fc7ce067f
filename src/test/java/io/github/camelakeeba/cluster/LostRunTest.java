package io.github.camelakeeba.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.backup.RunLauncher;
import io.github.camelakeeba.observe.LogLines;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.run.ClaimLostException;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.store.RunClaimer;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** A node that lost a run while it waited for an answer has no say in it any more. */
@Tag("fault")
class LostRunTest {
  @TempDir Path folder;

  private final ScheduledExecutorService other = Executors.newSingleThreadScheduledExecutor();

  @AfterEach
  void stop() {
    other.shutdownNow();
  }

  @Test
  void what_fails_on_the_node_that_lost_the_run_ends_it_not_and_tells_nobody() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(2);
      SimulatedSite blog = product.server().joomla("blog").secret(RunningProduct.SECRET).steps(2);
      // an answer that fails a run by itself, and not in a step
      shop.fault(Fault.on("getBackupInfo").holdAnswer(answer));
      shop.size(0);
      product
          .site("shop", shop.url(), "host: shop")
          .site("blog", blog.url(), "host: blog")
          .yaml(
              """
              channels: {mail: {type: mail, smtp: "%SMTP%", from: b@example.com, to: o@example.com}}
              notify: [{on: [completed, failed], to: mail}]
              """)
          .start();
      String run = product.request("shop").id();
      await()
          .atMost(RunningProduct.PATIENCE)
          .until(() -> shop.requests("getBackupInfo").size() == 1);

      takenOver(product.jdbc(), run);
      answer.countDown();

      await()
          .atMost(RunningProduct.PATIENCE)
          .until(() -> shop.requests("getBackupInfo").get(0).status() > 0);
      // what the lost run told would be told before this
      assertThat(product.backup("blog").data().state()).isEqualTo("completed");
      assertThat(product.smtp().waitForIncomingEmail(30_000, 1)).isTrue();
      assertThat(product.smtp().getReceivedMessages())
          .singleElement()
          .satisfies(mail -> assertThat(mail.getSubject()).startsWith("[completed] blog"));
      assertThat(
              product.jdbc().queryForMap("select state, owner, outcome from run where id = ?", run))
          .containsEntry("state", "running")
          .containsEntry("owner", "other")
          .containsEntry("outcome", null);
    }
  }

  @Test
  void a_run_that_is_lost_while_its_archive_is_handed_on_is_told_as_that() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    try (LogLines lines = LogLines.of("backup-", "akeeba-");
        RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(1);
      product.site("shop", shop.url(), "download: {to: \"direct:vault\"}").start();
      product
          .service()
          .context()
          .addRoutes(
              new RouteBuilder() {
                @Override
                public void configure() {
                  from("direct:vault")
                      .process(
                          exchange -> {
                            asked.countDown();
                            answer.await();
                          });
                }
              });
      String run = product.request("shop").id();
      assertThat(asked.await(RunningProduct.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

      takenOver(product.jdbc(), run);
      product.jdbc().update("update run set state = 'failed', active_site = null");

      await()
          .atMost(RunningProduct.PATIENCE)
          .until(() -> !lines.containing("another node").isEmpty());
      assertThat(lines.containing("another node"))
          .singleElement()
          .satisfies(
              line ->
                  assertThat(line.getMessage().getFormattedMessage())
                      .isEqualTo(new ClaimLostException(run).getMessage()));
    } finally {
      answer.countDown();
    }
  }

  /** As when the process is paused after the commit of its claim. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void a_run_that_is_lost_between_its_claim_and_its_start_sends_nothing(int attempts)
      throws Exception {
    try (LogLines lines = LogLines.of("backup-", "akeeba-", RunLauncher.class.getName());
        RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET);
      product.site("shop", shop.url()).start();
      Registry beans = product.service().context().getRegistry();
      product.service().context().getRouteController().stopRoute("backup-claim");
      String run = product.request("shop").id();
      product.jdbc().update("update run set attempts = ? where id = ?", attempts, run);
      Run claimed =
          beans.lookupByNameAndType("backup-run-claimer", RunClaimer.class).claimBatch().get(0);

      takenOver(product.jdbc(), run);
      beans.lookupByNameAndType("backup-run-launcher", RunLauncher.class).launch(claimed);

      await()
          .atMost(RunningProduct.PATIENCE)
          .until(() -> !lines.containing("another node").isEmpty());
      assertThat(shop.requests()).isEmpty();
    }
  }

  /** By another node, which gives signs of life. */
  private void takenOver(JdbcTemplate jdbc, String run) {
    jdbc.update("insert into node (id, alive_until) values ('other', current_timestamp)");
    other.scheduleWithFixedDelay(
        () -> jdbc.update("update node set alive_until = current_timestamp where id = 'other'"),
        1,
        1,
        TimeUnit.SECONDS);
    jdbc.update("update run set owner = 'other', claim = claim + 1 where id = ?", run);
  }
}
