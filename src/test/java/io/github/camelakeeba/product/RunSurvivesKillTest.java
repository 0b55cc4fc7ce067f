package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.cli.Backup;
import io.github.camelakeeba.demo.Fault;
import io.github.camelakeeba.demo.SimulatedSite;
import io.github.camelakeeba.notify.Event;
import io.github.camelakeeba.run.Database;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** What was accepted is not lost by kill -9, and ends exactly once. */
class RunSurvivesKillTest {
  private static final String MAIL =
      """
      channels:
        ops: {type: mail, smtp: "%SMTP%", from: backup@example.com, to: ops@example.com}
      notify: [{on: [failed, completed], to: ops}]
      """;

  @TempDir Path folder;

  @Test
  void what_was_acknowledged_is_there_after_a_kill_right_after_the_commit() throws Exception {
    Process program = java(AcknowledgingProgram.class, folder.toString());
    await()
        .atMost(Product.PATIENCE)
        .pollInterval(Duration.ofMillis(2))
        .until(() -> accepted().size() >= 25 || !program.isAlive());
    assertThat(program.destroyForcibly().waitFor()).isEqualTo(128 + 9); // SIGKILL
    List<String> accepted = accepted();

    try (Database database = Database.file(folder, 2)) {
      List<String> found =
          new JdbcTemplate(database.dataSource())
              .queryForList("select id from run where state = 'queued'", String.class);
      assertThat(found).containsAll(accepted);
    }
  }

  @Test
  void a_run_that_was_killed_in_a_call_ends_interrupted_once_and_its_mail_is_sent()
      throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    try (Product product = new Product(folder).durable().yaml(MAIL)) {
      SimulatedSite shop = product.server().joomla("shop").secret(Product.SECRET);
      shop.fault(Fault.on("stepBackup").nth(4).holdAnswer(answer));
      product.site("shop", shop.url()).configure();
      kill(java(Backup.class, "backup", "shop", "--home", folder.toString()), shop);

      product.start();
      String run = product.jdbc().queryForObject("select id from run", String.class);
      Event outcome = product.outcome(run);
      assertThat(outcome.data().state()).isEqualTo("failed");
      assertThat(outcome.data().error().kind()).isEqualTo("interrupted");
      assertThat(outcome.data().error().message()).contains("Nothing was repeated");
      assertThat(outcome.data().steps()).isEqualTo(3);

      answer.countDown();
      product.stop();
      product.start();
      assertThat(product.smtp().waitForIncomingEmail(30_000, 1)).isTrue();
      assertThat(product.backup("shop").data().state()).isEqualTo("completed");
      await().atMost(Product.PATIENCE).until(() -> product.smtp().getReceivedMessages().length > 1);

      assertThat(product.smtp().getReceivedMessages()).hasSize(2);
      assertThat(product.smtp().getReceivedMessages()[0].getSubject()).startsWith("[failed] shop");
      assertThat(shop.requests("startBackup")).hasSize(2);
      assertThat(product.jdbc().queryForObject("select count(*) from run", Integer.class))
          .isEqualTo(2);
    }
  }

  private List<String> accepted() throws IOException {
    String said = Files.readString(folder.resolve("stdout"));
    // what stands after the last line's end was not said to its end
    return said.substring(0, said.lastIndexOf('\n') + 1)
        .lines()
        .map(line -> line.replace("accepted ", ""))
        .toList();
  }

  private void kill(Process program, SimulatedSite shop) throws Exception {
    try {
      await()
          .atMost(Product.PATIENCE)
          .until(() -> shop.requests("stepBackup").size() == 4 || !program.isAlive());
      assertThat(program.isAlive()).as(Files.readString(folder.resolve("stderr"))).isTrue();
    } finally {
      program.destroyForcibly().waitFor();
    }
  }

  private Process java(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    // Surefire's ends with an empty entry, which would be the working directory with its routes
    command.add(System.getProperty("java.class.path").replaceFirst(File.pathSeparator + "$", ""));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectOutput(folder.resolve("stdout").toFile())
        .redirectError(folder.resolve("stderr").toFile())
        .start();
  }
}
