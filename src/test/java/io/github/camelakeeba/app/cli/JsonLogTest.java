package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
class JsonLogTest {
  @TempDir Path home;
  @TempDir Path output;

  @Test
  void every_line_is_json_whatever_is_in_the_message() throws Exception {
    String hostile = "He said \"no\" \\ C:\\temp\nand then\ta {\"brace\": 1}";
    try (SimulatedServer server = SimulatedServer.start()) {
      SimulatedSite shop =
          server.joomla("shop").secret(RunningProduct.SECRET).steps(3).failAt(2, hostile);
      new Program(home).site("shop", shop.url());
      try (ChildProcess backup =
          new ChildProcess(
              output, "backup", "shop", "--json", "-v", "--log=json", "--home", home.toString())) {
        assertThat(backup.code(180)).isEqualTo(ExitCode.FAILED);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : backup.err().lines().toList()) {
          lines.add(new ObjectMapper().readTree(line));
        }
        JsonNode failed =
            lines.stream()
                .filter(line -> line.path("message").asText().startsWith("failed ("))
                .findFirst()
                .orElseThrow();
        assertThat(failed.path("message").asText()).contains("He said \"no\" \\ C:\\temp");
        assertThat(failed.path("site").asText()).isEqualTo("shop");
        assertThat(failed.path("run").asText()).startsWith("shop-");
        assertThat(failed.path("trigger").asText()).isEqualTo("command");
        assertThat(failed.path("level").asText()).isEqualTo("ERROR");
      }
    }
  }

  @Test
  void an_exception_stays_in_its_line() throws Exception {
    try (ChildProcess serve =
        new ChildProcess(
            output, "check", "-v", "--log=json", "--home", output.resolve("a").toString())) {
      assertThat(serve.code(180)).isEqualTo(ExitCode.USAGE);
    }
    new Program(home).sites("sites: {}\n").properties("backup.database.url = jdbc:nix:x\n");
    try (ChildProcess serve =
        new ChildProcess(output, "serve", "-v", "--log=json", "--home", home.toString())) {
      assertThat(serve.code(180)).isEqualTo(ExitCode.USAGE);
      List<String> lines = serve.err().lines().toList();
      // the last line is the program's own, for people
      for (String line : lines.subList(0, lines.size() - 1)) {
        assertThat(new ObjectMapper().readTree(line).path("level").asText()).isNotEmpty();
      }
    }
  }
}
