package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command works beside a running serve of its home, for which nothing was set up. */
@Tag("process")
class CommandsBesideServeTest {
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

  private ChildProcess serve() throws Exception {
    ChildProcess serve = new ChildProcess(output, "serve", "--home", home.toString());
    serve.says("serving ");
    return serve;
  }

  private static Program.Ended good(Program.Ended ended) {
    assertThat(ended.code()).as(ended.err() + ended.out()).isEqualTo(ExitCode.COMPLETED);
    return ended;
  }

  private static JsonNode json(Program.Ended ended) throws Exception {
    return new ObjectMapper().readTree(good(ended).out());
  }

  @Test
  void every_command_works_without_a_token_in_the_configuration() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    SimulatedSite shop = site("shop").pastBackups(2);
    SimulatedSite wiki = site("wiki").fault(Fault.on("stepBackup").nth(1).holdAnswer(release));
    Program program =
        new Program(home)
            .site("shop", shop.url(), "zone: UTC", "schedule: \"0 0 3 1 1 ? 2099\"")
            .site("wiki", wiki.url())
            .more(
                """
                limits: {perHost: 3}
                channels:
                  hook: {type: webhook, url: "%s/nobody"}
                """
                    .formatted(server.address()));
    try (ChildProcess serve = serve()) {
      assertThat(serve.err()).contains("the HTTP API is off", "commands of this home are taken at");
      for (String file : List.of("api.token", "api.port")) {
        assertThat(
                PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(home.resolve("data").resolve(file))))
            .isEqualTo("rw-------");
      }

      Program.Ended backup = good(program.run("backup", "shop"));
      assertThat(backup.out()).startsWith("completed: shop");
      assertThat(backup.err()).contains("shop ");
      JsonNode status = json(program.run("status", "--json"));
      assertThat(status.path("nodes").asInt()).isEqualTo(1);
      assertThat(status.at("/sites/0/run/trigger").asText()).isEqualTo("command");
      assertThat(status.at("/sites/0/run/requestedBy").asText())
          .isEqualTo("cli:" + System.getProperty("user.name"));
      assertThat(program.run("status", "--check").out()).doesNotContain("no serve is running");

      try (ChildProcess slow =
          new ChildProcess(output, "backup", "wiki", "--home", home.toString())) {
        await()
            .atMost(RunningProduct.PATIENCE)
            .until(() -> wiki.requests("stepBackup").size() == 1);
        assertThat(program.run("backup", "wiki").code()).isEqualTo(ExitCode.REFUSED);
        assertThat(good(program.run("stop", "wiki")).out()).contains("ends once");
        release.countDown();
        assertThat(slow.code(120)).isEqualTo(ExitCode.FAILED);
      }
      assertThat(good(program.run("backup", "--failed")).out()).startsWith("completed: wiki");

      assertThat(good(program.run("pause", "shop", "--reason", "moving")).out()).contains("paused");
      assertThat(good(program.run("check", "shop")).out()).contains("moving");
      good(program.run("resume", "shop"));
      assertThat(json(program.run("outbox", "list", "--json")).path("messages")).isEmpty();
      assertThat(good(program.run("outbox", "retry")).out()).startsWith("0 messages");
      assertThat(program.run("notify-test", "hook").code()).isEqualTo(ExitCode.FAILED);

      assertThat(good(program.run("test", "shop")).out()).startsWith("shop answers");
      assertThat(good(program.run("profiles", "shop")).out()).contains("PROFILE");
      assertThat(good(program.run("list", "shop")).out()).contains("complete");
      assertThat(good(program.run("info", "shop", "1")).out()).contains("backup    1 of shop");
      good(program.run("download", "shop", "3", "--to", output.resolve("archives").toString()));
      Path profile = output.resolve("profile.json");
      good(program.run("export-profile", "shop", "1", "--to", profile.toString()));
      good(program.run("import-profile", "shop", profile.toString()));
      good(program.run("delete-files", "shop", "1", "--yes"));
      good(program.run("delete", "shop", "1", "--yes"));

      serve.terminate();
      assertThat(serve.code(60)).isEqualTo(ExitCode.COMPLETED);
    }
    assertThat(home.resolve("data/api.token")).doesNotExist();
    assertThat(home.resolve("data/api.port")).doesNotExist();
    assertThat(good(program.run("status")).out()).contains("shop");
  }

  @Tag("fault")
  @Test
  void what_a_killed_serve_has_left_misleads_no_command_and_the_next_serve_has_its_own()
      throws Exception {
    SimulatedSite shop = site("shop");
    Program program = new Program(home).site("shop", shop.url());
    Path token = home.resolve("data/api.token");
    String first;
    try (ChildProcess serve = serve()) {
      first = Files.readString(token);
      serve.kill();
    }
    assertThat(token).hasContent(first.strip());

    assertThat(good(program.run("backup", "shop")).out()).startsWith("completed: shop");

    try (ChildProcess serve = serve()) {
      assertThat(Files.readString(token)).isNotEqualTo(first);
      assertThat(json(program.run("status", "--json")).path("nodes").asInt()).isEqualTo(1);
      Files.writeString(token, first);
      Program.Ended refused = program.run("status");
      assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
      assertThat(refused.err()).contains("refuses the token in data/api.token").hasLineCount(1);
    }
  }

  /** Its store is open in the serve, which is asked where archives are. */
  @Test
  void what_the_serve_has_at_home_is_extracted_and_verified_from_there() throws Exception {
    SimulatedSite shop = site("shop");
    Program program = new Program(home).site("shop", shop.url(), "download: {to: archives}");
    try (ChildProcess serve = serve()) {
      assertThat(serve).isNotNull();
      good(program.run("backup", "shop"));
      int asked = shop.requests("getBackupInfo").size();

      String to = output.resolve("to").toString();
      assertThat(good(program.run("extract", "shop", "latest", "--to", to)).out())
          .contains("read from " + home.resolve("archives"));
      assertThat(good(program.run("verify", "shop", "latest")).out())
          .contains("as downloaded, by SHA-256", ", as counted at the download");

      assertThat(output.resolve("to/installation/sql/site.sql")).exists();
      assertThat(shop.requests("getBackupInfo")).hasSize(asked);
    }
  }
}
