package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.product.Ports;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SharedPostgres;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** The command stops what status shows, through a running serve or in the store itself. */
@Tag("process")
class StopCommandTest {
  @TempDir Path home;
  @TempDir Path served;

  @Test
  void beside_a_serve_on_its_file_the_step_under_way_is_awaited_and_none_follows()
      throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (SimulatedServer server = SimulatedServer.start()) {
      SimulatedSite shop = server.joomla("shop").secret(RunningProduct.SECRET).steps(6);
      shop.fault(Fault.on("stepBackup").nth(2).holdAnswer(release));
      Program program =
          new Program(home)
              .site("shop", shop.url())
              .properties(
                  "backup.api.token = %s\nbackup.api.port = %d\n"
                      .formatted(RunningProduct.TOKEN, Ports.free()));
      try (ChildProcess serve = new ChildProcess(served, "serve", "--home", home.toString())) {
        serve.says("serving 1 sites");
        assertThat(program.run("stop", "shop").code()).isEqualTo(ExitCode.FAILED);
        serve.backup("shop");
        await()
            .atMost(RunningProduct.PATIENCE)
            .until(() -> shop.requests("stepBackup").size() == 2);

        Program.Ended stop = program.run("stop", "shop");
        assertThat(stop.code()).as(stop.err()).isZero();
        assertThat(stop.out())
            .contains(" ends once the call under way is answered")
            .contains("stays on the site: its record");
        release.countDown();
        serve.says("failed (stopped)");
        assertThat(shop.requests("stepBackup")).hasSize(2);

        Program.Ended again = program.run("stop", "shop");
        assertThat(again.code()).isEqualTo(ExitCode.FAILED);
        assertThat(again.errLines()).containsExactly("no run of shop is queued or running");
        Program.Ended unknown = program.run("stop", "nix");
        assertThat(unknown.code()).isEqualTo(ExitCode.USAGE);
        assertThat(unknown.errLines())
            .singleElement()
            .asString()
            .startsWith(
                "there is no site 'nix'; config/sites.yaml has: shop; so the running serve read it");
      }
    }
  }

  @Test
  void without_a_serve_a_run_whose_process_died_in_a_step_ends_at_once_and_is_told_of_later()
      throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (RunningProduct serve = new RunningProduct(home).durable()) {
      SimulatedSite shop = serve.server().joomla("shop").secret(RunningProduct.SECRET).steps(6);
      shop.fault(Fault.on("stepBackup").nth(2).holdAnswer(release));
      serve
          .site("shop", shop.url())
          .yaml(
              "channels:\n  ops: {type: mail, to: [o@example.com], from: b@example.com, smtp: \"%SMTP%\"}\n"
                  + "notify:\n  - {on: [failed], to: [ops]}\n")
          .start();
      String run = serve.request("shop").id();
      await().atMost(RunningProduct.PATIENCE).until(() -> shop.requests("stepBackup").size() == 2);
      Service service = serve.service();
      CompletableFuture<Void> closed =
          CompletableFuture.runAsync(
              () -> {
                await().until(service.beans().guard()::closed);
                release.countDown();
              });
      serve.stop();
      closed.join();
      // as it would stand there had the process been killed in the step
      try (Database store = Database.file(home.resolve("data"), 2)) {
        new JdbcTemplate(store.dataSource())
            .update(
                "update run set state = 'running', owner = 'gone', sending = 'stepBackup' where id = ?",
                run);
      }

      Program.Ended stop = new Program(home).run("stop", "shop", "--json");
      assertThat(stop.code()).as(stop.err()).isZero();
      JsonNode output = new ObjectMapper().readTree(stop.out());
      assertThat(output.path("id").asText()).isEqualTo(run);
      assertThat(output.path("state").asText()).isEqualTo("failed");
      assertThat(output.at("/outcome/data/error/kind").asText()).isEqualTo("stopped");
      assertThat(serve.smtp().getReceivedMessages()).isEmpty();

      serve.start();
      assertThat(serve.smtp().waitForIncomingEmail(60_000, 1)).isTrue();
      assertThat(shop.requests("stepBackup")).hasSize(2);
    }
  }

  @Test
  void on_postgresql_another_process_stops_what_a_node_works_on() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    String url = SharedPostgres.newDatabase();
    try (RunningProduct serve = new RunningProduct(served)) {
      SimulatedSite site = serve.server().joomla("shop").secret(RunningProduct.SECRET).steps(6);
      site.fault(Fault.on("stepBackup").nth(2).holdAnswer(release));
      URI shop = site.url();
      serve.site("shop", shop, "busyWait: 10s").postgres(url).start();
      String first = serve.request("shop").id();
      await().atMost(RunningProduct.PATIENCE).until(() -> site.requests("stepBackup").size() == 2);
      String second = serve.request("{\"site\":\"shop\",\"ifBusy\":\"queue\"}").id();
      Program program =
          new Program(home)
              .site("shop", shop)
              .properties(
                  "backup.database.url = %s\nbackup.database.user = postgres\n".formatted(url));

      assertThat(program.run("stop", "shop").out()).contains(first + " ends once");
      release.countDown();
      Event outcome = serve.outcome(first);
      assertThat(outcome.data().state()).isEqualTo("failed");
      assertThat(outcome.data().error().kind()).isEqualTo("stopped");
      assertThat(serve.outcome(second).data().state()).isEqualTo("completed");
      assertThat(
              serve
                  .jdbc()
                  .queryForObject(
                      "select count(*) from run where outcome is not null", Integer.class))
          .isEqualTo(2);
      assertThat(site.violations()).isEmpty();
    }
  }
}
