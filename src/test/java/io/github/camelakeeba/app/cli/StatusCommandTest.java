package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.outbox.OutboxRows;
import io.github.camelakeeba.product.Ports;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.ForeignBackup;
import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.store.Database;
import java.net.URI;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

@Tag("process")
class StatusCommandTest {
  private static final String PATH = "/services/T0PS3CR3T/path";
  private static final String CHANNELS =
      """
      channels:
        chat: {type: webhook, url: "http://127.0.0.1:9%s"}
      notify: []
      """
          .formatted(PATH);

  @TempDir Path home;
  @TempDir Path output;
  private final SimulatedServer server = SimulatedServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private SimulatedSite site(String name) {
    return server.joomla(name).secret(RunningProduct.SECRET).steps(3);
  }

  private Program idle() throws Exception {
    URI nowhere = URI.create("http://127.0.0.1:9/remote.php");
    return new Program(home)
        .site("shop", nowhere, "schedule: \"0 30 2 * * ?\"", "zone: Europe/Athens")
        .site("wiki", nowhere, "overdueAfter: 1d")
        .site("off", nowhere, "enabled: false")
        .more(CHANNELS);
  }

  private static String line(Program.Ended ended, String begin) {
    return ended.out().lines().filter(line -> line.startsWith(begin)).findFirst().orElseThrow();
  }

  @Test
  void a_home_that_never_backed_up_anything_is_shown_and_left_as_it_was() throws Exception {
    Program.Ended status = idle().run("status");

    assertThat(status.code()).isZero();
    assertThat(status.err()).isEmpty();
    assertThat(line(status, "shop"))
        .matches(
            "shop +never +- +- +- +\\w{3} \\d{4}-\\d\\d-\\d\\d 02:30 [+]0[23]:00  at 02:30 every day");
    assertThat(line(status, "wiki")).endsWith("on events only");
    assertThat(line(status, "off")).endsWith("switched off");
    assertThat(line(status, "chat")).matches("chat +webhook +0 +0 +0 +- +-");
    assertThat(status.out()).contains("No serve is running").doesNotContain("parked");
    assertThat(home.resolve("data")).doesNotExist();
  }

  @Test
  void what_is_overdue_failing_and_parked_is_seen_without_a_serve_and_ends_with_0()
      throws Exception {
    Program program = idle();
    try (Database database = Database.file(home.resolve("data"), 2)) {
      OffsetDateTime now = OffsetDateTime.now();
      JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
      jdbc.update(
          "insert into standing (site, watched, entered_at, last_good_at, failures)"
              + " values ('wiki', true, ?, ?, 3)",
          now.minusDays(9),
          now.minusHours(50));
      new OutboxRows(database.dataSource())
          .waiting("chat", "a", "digest 1d")
          .failing("chat", "b", "connection refused")
          .parked("chat", "c", "POST " + PATH + ": the server\nanswered HTTP 500");
    }

    Program.Ended status = program.run("status", "wiki");

    assertThat(status.code()).isZero();
    assertThat(line(status, "wiki"))
        .matches("wiki +\\w{3} [-\\d]+ \\d\\d:\\d\\d \\S+ +2 d 2 h, OVERDUE +- +3 in a row +on .*");
    assertThat(line(status, "chat")).matches("chat +webhook +1 +1 +1 +1 d 1 h +connection refused");
    assertThat(status.out())
        .contains("'outbox retry' tries them again")
        .doesNotContain("shop", "T0PS3CR3T");
    try (Database database = Database.file(home.resolve("data"), 2)) {
      JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
      assertThat(jdbc.queryForList("select attempts from outbox order by id", Integer.class))
          .as("nothing was tried")
          .isEqualTo(List.of(0, 5, 148));
      assertThat(jdbc.queryForList("select id from node")).isEmpty();
    }
  }

  @Test
  void a_run_that_has_ended_is_told_without_a_serve_and_an_unknown_one_is_2() throws Exception {
    Program program = new Program(home).site("shop", site("shop").url());
    String id =
        new ObjectMapper()
            .readTree(program.run("backup", "shop", "--json").out())
            .at("/data/run")
            .asText();

    Program.Ended run = program.run("status", id);

    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("shop: completed, profile 1, step 3\n");
    assertThat(run.out().lines().skip(3).map(line -> line.split(" +")[3]))
        .containsExactly("queued", "claimed", "endpoint", "started", "verified", "completed");
    assertThat(program.run("status", id.replaceFirst("shop", "nix")).code())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void an_unknown_site_is_2() throws Exception {
    Program.Ended status = idle().run("status", "nix");

    assertThat(status.code()).isEqualTo(ExitCode.USAGE);
    assertThat(status.errLines())
        .containsExactly("there is no site 'nix'; config/sites.yaml has: shop, wiki, off");
  }

  @Test
  void beside_a_serve_it_shows_the_running_step_and_what_was_parked_can_be_retried()
      throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    SimulatedSite shop = site("shop").fault(Fault.on("stepBackup").nth(2).holdAnswer(release));
    int port = Ports.free();
    Program program =
        new Program(home)
            .site("shop", shop.url())
            .more(CHANNELS.replace("[]", "[{on: started, to: chat}]"))
            .properties(
                "backup.api.token = %s\nbackup.api.port = %d\nbackup.outbox.giveUpAfter = 1s\n"
                    .formatted(RunningProduct.TOKEN, port));
    try (ChildProcess serve = new ChildProcess(output, "serve", "--home", home.toString())) {
      serve.says("serving 1 sites");
      serve.backup("shop");
      await().atMost(RunningProduct.PATIENCE).until(() -> shop.requests("stepBackup").size() == 2);
      await()
          .atMost(RunningProduct.PATIENCE)
          .until(() -> program.run("status", "--json").out().contains("\"parked\":1"));

      Program.Ended status = program.run("status");
      assertThat(status.code()).isZero();
      assertThat(line(status, "shop")).containsPattern("never +- +\\S+ \\d+ % ");
      assertThat(line(status, "chat")).contains("webhook chat: connection refused");
      assertThat(status.out()).doesNotContain("No serve", "T0PS3CR3T");
      Program.Ended json = program.run("status", "--json");
      assertThat(json.out().lines()).hasSize(1);
      JsonNode output = new ObjectMapper().readTree(json.out());
      assertThat(output.at("/sites/0/run/state").asText()).isEqualTo("running");
      assertThat(output.at("/channels/0/parked").asInt()).isEqualTo(1);

      String id = output.at("/sites/0/run/id").asText();
      Program.Ended run = program.run("status", id);
      assertThat(run.code()).isZero();
      assertThat(run.out())
          .startsWith("shop: ")
          .containsPattern("\\d\\d:\\d\\d:\\d\\d \\S+ +queued +Queued, requested by: ")
          .containsPattern("started +Started on the site: backup ")
          .doesNotContain("T0PS3CR3T", RunningProduct.SECRET);
      JsonNode story = new ObjectMapper().readTree(program.run("status", id, "--json").out());
      assertThat(story.at("/run/id").asText()).isEqualTo(id);
      assertThat(story.at("/timeline/0/kind").asText()).isEqualTo("queued");
      Program.Ended check = program.run("status", "--check");
      assertThat(check.code()).isEqualTo(1);
      assertThat(check.out())
          .matches(
              "BACKUP WARNING - 1 site, 1 message parked \\(chat\\)"
                  + " \\| sites=1 .* running=1 parked=1 nodes=1\\R");
      assertThat(check.err()).isEmpty();

      Program.Ended list = program.run("outbox", "list", "--parked");
      assertThat(list.out()).contains("chat", "/started", "parked ").doesNotContain("T0PS3CR3T");
      Program.Ended retry = program.run("outbox", "retry", "--channel", "chat");
      assertThat(retry.out()).isEqualTo("1 message is due again.\n");
      Program.Ended unknown = program.run("outbox", "retry", "--channel", "nix");
      assertThat(unknown.code()).isEqualTo(ExitCode.USAGE);
      assertThat(unknown.errLines()).containsExactly("there is no channel 'nix'; allowed: chat");
      release.countDown();
    }
  }

  @Test
  void waiting_for_somebody_else_s_backup_is_seen_in_status_and_log() throws Exception {
    SimulatedSite shop = site("shop");
    ForeignBackup foreign = shop.foreignBackup("backend");
    Program program =
        new Program(home)
            .site("shop", shop.url(), "busyWait: 1m", "deadAfter: 10m")
            .properties(
                "backup.api.token = %s\nbackup.api.port = %d\n"
                    .formatted(RunningProduct.TOKEN, Ports.free()));
    try (ChildProcess serve = new ChildProcess(output, "serve", "--home", home.toString())) {
      serve.says("serving 1 sites");
      serve.backup("shop");
      String whose =
          "waiting for another backup (record %s, origin backend) since ".formatted(foreign.id());
      serve.says(whose);

      await()
          .atMost(RunningProduct.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(line(program.run("status"), "shop"))
                      .contains(whose)
                      .containsPattern("since \\S+Z, until \\S+Z "));
      foreign.finish();
      serve.says("the other backup is over, the way is free");
      await()
          .atMost(RunningProduct.PATIENCE)
          .until(() -> program.run("status", "--json").out().contains("\"completed\""));
      assertThat(program.run("status", "--json").out()).doesNotContain("waiting\"");
    }
  }
}
