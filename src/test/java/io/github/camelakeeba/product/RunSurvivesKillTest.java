package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.app.cli.ChildProcess;
import io.github.camelakeeba.app.cli.SharedClasses;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/** What was accepted is not lost by kill -9, and ends exactly once. */
@Tag("process")
class RunSurvivesKillTest {
  private static final String MAIL =
      """
      channels:
        ops: {type: mail, smtp: "%SMTP%", from: backup@example.com, to: ops@example.com}
      notify: [{on: [failed, completed], to: ops}]
      """;

  @TempDir Path folder;

  @Tag("fault")
  @Test
  void what_was_acknowledged_is_there_after_a_kill_right_after_the_commit() throws Exception {
    for (int kill = 1; kill <= 3; kill++) {
      Process program = java(AcknowledgingProgram.class, folder.toString(), "kill-" + kill);
      await()
          .atMost(RunningProduct.PATIENCE)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> said().size() >= 2_000 || !program.isAlive());
      assertThat(program.destroyForcibly().waitFor()).isEqualTo(128 + 9); // SIGKILL
      List<String> said = said();

      try (Database database = Database.file(folder, 2)) {
        Map<String, Integer> found = new HashMap<>();
        new JdbcTemplate(database.dataSource())
            .query(
                "select id, steps from run",
                (RowCallbackHandler) row -> found.put(row.getString(1), row.getInt(2)));
        assertThat(said).allMatch(line -> count(line) <= found.get(line.split(" ")[0]));
      }
    }
  }

  @Tag("fault")
  @Test
  void a_command_that_was_killed_in_a_step_leaves_a_backup_that_serve_goes_on_with()
      throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    try (RunningProduct product = new RunningProduct(folder).durable().yaml(MAIL)) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(10);
      shop.fault(Fault.on("stepBackup").nth(4).holdAnswer(answer));
      product.site("shop", shop.url()).configure();
      try (ChildProcess command =
          new ChildProcess(folder, "backup", "shop", "--home", folder.toString())) {
        await()
            .atMost(RunningProduct.PATIENCE)
            .until(() -> shop.requests("stepBackup").size() == 4);
        command.kill();
      }
      answer.countDown();

      product.start();
      String run = product.jdbc().queryForObject("select id from run", String.class);
      Event outcome = product.outcome(run);

      assertThat(outcome.data().state()).isEqualTo("completed");
      assertThat(outcome.data().steps()).isEqualTo(10);
      assertThat(outcome.data().recoveries()).isEqualTo(1);
      assertThat(product.smtp().waitForIncomingEmail(30_000, 1)).isTrue();
      assertThat(product.smtp().getReceivedMessages()).hasSize(1);
      assertThat(shop.requests("startBackup")).hasSize(1);
      assertThat(shop.requests("stepBackup")).hasSize(10);
      assertThat(shop.archiveBroken(1)).isFalse();
      assertThat(shop.violations().stream().filter(text -> !text.contains("session"))).isEmpty();
    }
  }

  private static int count(String line) {
    return Integer.parseInt(line.split(" ")[1]);
  }

  private List<String> said() throws IOException {
    String said = Files.readString(folder.resolve("stdout"));
    // what stands after the last line's end was not said to its end
    return said.substring(0, said.lastIndexOf('\n') + 1).lines().toList();
  }

  private Process java(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SharedClasses.LIGHT);
    command.addAll(SharedClasses.get().options());
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectOutput(folder.resolve("stdout").toFile())
        .redirectError(folder.resolve("stderr").toFile())
        .start();
  }
}
