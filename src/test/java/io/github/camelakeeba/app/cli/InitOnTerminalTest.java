package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** init on a terminal that {@code script} of util-linux makes. */
@Tag("process")
@EnabledOnOs(OS.LINUX)
class InitOnTerminalTest {
  @TempDir Path folder;

  private Path screen;
  private OutputStream keys;

  private void type(String after, String line) throws IOException {
    await().atMost(RunningProduct.PATIENCE).until(() -> Files.readString(screen).contains(after));
    keys.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }

  @Test
  void the_secret_is_neither_shown_nor_named_in_the_list_of_processes() throws Exception {
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")));
    Path home = folder.resolve("home");
    screen = Files.createFile(folder.resolve("screen"));
    try (SimulatedServer server = SimulatedServer.start()) {
      SimulatedSite shop = server.solo("shop").secret(RunningProduct.SECRET);
      List<String> command = new ArrayList<>(List.of(ChildProcess.JAVA));
      command.addAll(SharedClasses.LIGHT);
      command.addAll(SharedClasses.get().options());
      command.addAll(List.of(BackupApp.class.getName(), "init", "--home", home.toString()));
      Process process =
          new ProcessBuilder(
                  "/usr/bin/script",
                  "--quiet",
                  "--return",
                  "--command",
                  "'" + String.join("' '", command) + "'",
                  "/dev/null")
              .redirectErrorStream(true)
              .redirectOutput(screen.toFile())
              .start();
      try {
        keys = process.getOutputStream();
        type("Address of the site", shop.address().toString());
        type("(not shown): ", RunningProduct.SECRET);
        type("A short name", "shop");
        type("When (", "every monday at 3:00");
        assertThat(ProcessHandle.allProcesses().map(one -> one.info().commandLine().orElse("")))
            .noneMatch(line -> line.contains(RunningProduct.SECRET));
        type("Mail address", "");

        assertThat(process.waitFor(RunningProduct.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(screen))
            .contains("The secret works.", "config/sites.yaml has the site shop.")
            .doesNotContain(RunningProduct.SECRET);
        assertThat(process.exitValue()).isZero();
        assertThat(Files.readString(home.resolve("config/sites.yaml")))
            .contains("  shop:\n", "secretFile: config/secrets/shop", "every monday at 3:00");
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }
  }
}
