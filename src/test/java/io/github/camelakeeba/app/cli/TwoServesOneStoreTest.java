package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.service.Home;
import io.github.camelakeeba.service.ServeFiles;
import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.store.SharedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one PostgreSQL: each takes the commands of its own home. */
@Tag("process")
class TwoServesOneStoreTest {
  @TempDir Path first;
  @TempDir Path second;
  @TempDir Path output;
  private final SimulatedServer server = SimulatedServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private static Program program(Path home, URI shop, String url) throws Exception {
    return new Program(home)
        .site("shop", shop)
        .properties("backup.database.url = %s\nbackup.database.user = postgres\n".formatted(url));
  }

  private ChildProcess serve(Path home) throws Exception {
    return new ChildProcess(output, "serve", "--home", home.toString());
  }

  private static ServeFiles.Serve own(Path home) {
    return ServeFiles.find(new Home(home)).orElseThrow();
  }

  private static JsonNode status(Program program) throws Exception {
    Program.Ended status = program.run("status", "--json");
    assertThat(status.code()).as(status.err()).isEqualTo(ExitCode.COMPLETED);
    return new ObjectMapper().readTree(status.out());
  }

  @Test
  void each_home_has_its_own_and_without_a_serve_its_commands_open_the_store() throws Exception {
    String url = SharedPostgres.newDatabase();
    URI shop = server.joomla("shop").secret(RunningProduct.SECRET).steps(2).url();
    Program here = program(first, shop, url);
    Program there = program(second, shop, url);
    try (ChildProcess one = serve(first);
        ChildProcess two = serve(second)) {
      one.says("serving 1 sites");
      two.says("serving 1 sites");

      assertThat(own(first).address()).isNotEqualTo(own(second).address());
      HttpRequest foreign =
          HttpRequest.newBuilder(own(second).address().resolve("/api/sites"))
              .header("Authorization", "Bearer " + own(first).token().reveal())
              .build();
      assertThat(HttpClient.newHttpClient().send(foreign, BodyHandlers.discarding()).statusCode())
          .isEqualTo(401);
      Program.Ended backup = here.run("backup", "shop");
      assertThat(backup.code()).as(backup.err()).isEqualTo(ExitCode.COMPLETED);
      assertThat(status(there).at("/sites/0/run/trigger").asText()).isEqualTo("command");
      assertThat(status(here).path("nodes").asInt()).isEqualTo(2);

      one.terminate();
      assertThat(one.code(60)).isEqualTo(ExitCode.COMPLETED);
      assertThat(Files.exists(first.resolve("data/api.port"))).isFalse();
      assertThat(status(here).path("nodes").asInt()).isEqualTo(1);
      assertThat(status(there).path("nodes").asInt()).isEqualTo(1);
    }
  }
}
