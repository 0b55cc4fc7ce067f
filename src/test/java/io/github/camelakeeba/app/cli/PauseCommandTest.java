package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.simulator.SimulatedServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sites are paused and resumed, in the store itself or through a running serve. */
@Tag("slow")
class PauseCommandTest {
  private static final URI NOWHERE = URI.create("http://127.0.0.1:9/remote.php");
  private static final String ME = "cli:" + System.getProperty("user.name");

  @TempDir Path home;

  private static JsonNode json(Program.Ended ended) throws Exception {
    assertThat(ended.code()).as(ended.err()).isZero();
    return new ObjectMapper().readTree(ended.out());
  }

  @Test
  void without_a_serve_it_is_in_the_store_that_the_command_makes() throws Exception {
    Program program =
        new Program(home)
            .site("shop", NOWHERE, "schedule: \"0 30 2 * * ?\"", "zone: Europe/Athens")
            .site("blog", NOWHERE);
    Program.Ended pause =
        program.run("pause", "shop", "--until", "2031-12-24", "--reason", "server\nmove");
    assertThat(pause.code()).as(pause.err()).isZero();
    assertThat(pause.out())
        .startsWith("shop is paused until Wed 2031-12-24 00:00 +02:00, since ")
        .endsWith(", by " + ME + ": server move.\n");

    assertThat(program.run("status").out())
        .contains("paused until Wed 2031-12-24 00:00 +02:00", pause.out());
    assertThat(json(program.run("status", "--json")).at("/sites/0/paused/reason").asText())
        .isEqualTo("server move");
    assertThat(program.run("check", "shop").out())
        .contains("  paused    until Wed 2031-12-24 00:00 +02:00, since ")
        .contains("  next      Wed 2031-12-24 02:30:00 +02:00");
    assertThat(json(program.run("check", "--json")).at("/sites/0/paused/by").asText())
        .isEqualTo(ME);

    assertThat(json(program.run("pause", "shop", "--json")).at("/paused/until").isNull()).isTrue();
    assertThat(program.run("check", "--json").out()).contains("\"next\":[]");
    for (int i = 0; i < 2; i++) {
      Program.Ended resume = program.run("resume", "shop");
      assertThat(resume.code()).isZero();
      assertThat(resume.out()).isEqualTo("shop is not paused.\n");
    }
    assertThat(json(program.run("resume", "blog", "--json")).get("paused").isNull()).isTrue();
  }

  @Test
  void a_backup_of_a_paused_site_is_taken_and_says_so() throws Exception {
    try (SimulatedServer server = SimulatedServer.start()) {
      URI shop = server.joomla("shop").secret(RunningProduct.SECRET).steps(2).url();
      Program program = new Program(home).site("shop", shop, "zone: Europe/Athens");
      program.run("pause", "shop", "--until", "2031-12-24", "--reason", "server move");

      Program.Ended backup = program.run("backup", "shop", "--json");

      assertThat(backup.code()).as(backup.err()).isEqualTo(ExitCode.COMPLETED);
      assertThat(backup.err())
          .contains("shop is paused until Wed 2031-12-24 00:00 +02:00, since ")
          .contains("server move. A pause skips the schedule only: this backup is taken.\n");
      program.run("resume", "shop");
      assertThat(program.run("backup", "shop", "--json").err()).doesNotContain("paused");
    }
  }

  @Test
  void what_is_wrong_ends_with_2_and_says_what_is_allowed() throws Exception {
    Program program = new Program(home).site("shop", NOWHERE, "zone: Europe/Athens");
    for (List<String> words : List.of(List.of("pause", "nix"), List.of("resume", "nix"))) {
      Program.Ended unknown = program.run(words.toArray(String[]::new));
      assertThat(unknown.code()).isEqualTo(ExitCode.USAGE);
      assertThat(unknown.errLines())
          .containsExactly("there is no site 'nix'; config/sites.yaml has: shop");
    }
    Program.Ended soon = program.run("pause", "shop", "--until", "soon");
    assertThat(soon.code()).isEqualTo(ExitCode.USAGE);
    assertThat(soon.errLines())
        .containsExactly(
            "'until' is an instant such as 2026-12-24T06:00:00Z, a day such as 2026-12-24 (its first"
                + " moment in Europe/Athens) or a time such as 2026-12-24T06:00 (in Europe/Athens),"
                + " not 'soon'; leave it out to pause until resumed");
    assertThat(program.run("pause", "shop", "--until", "2020-01-01").err()).contains("in the past");
    assertThat(program.run("pause").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void beside_a_serve_it_goes_through_its_api() throws Exception {
    try (RunningProduct serve = new RunningProduct(home).durable()) {
      serve.site("shop", NOWHERE).commands().start();
      Service service = serve.service();
      Program program = new Program(home);
      assertThat(program.run("pause", "shop", "--reason", "move").out())
          .startsWith("shop is paused until it is resumed, since ")
          .endsWith(", by " + ME + ": move.\n");
      assertThat(service.beans().monitoring().status().site("shop").orElseThrow().paused().reason())
          .isEqualTo("move");
      assertThat(program.run("check", "shop").out()).contains("  paused    until it is resumed");
      assertThat(program.run("pause", "nix").errLines())
          .singleElement()
          .asString()
          .startsWith("there is no site 'nix'; config/sites.yaml has: shop; so the running serve");
      assertThat(program.run("pause", "shop", "--until", "soon").code()).isEqualTo(ExitCode.USAGE);
      assertThat(program.run("resume", "shop").out()).isEqualTo("shop is not paused.\n");
    }
  }
}
