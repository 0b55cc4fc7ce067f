package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.product.Ports;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
class ServeCommandTest {
  @TempDir Path home;
  @TempDir Path output;
  private final SimulatedServer server = SimulatedServer.start();
  private final GreenMail smtp =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  @AfterEach
  void close() {
    server.close();
    smtp.stop();
  }

  private SimulatedSite site(String name) {
    return server.joomla(name).secret(RunningProduct.SECRET).steps(3);
  }

  private ChildProcess serve() throws Exception {
    return new ChildProcess(output, "serve", "--home", home.toString());
  }

  @Test
  void a_schedule_fires_the_mail_arrives_and_sigterm_ends_it_with_0_within_10_s() throws Exception {
    smtp.start();
    SimulatedSite shop = site("shop");
    new Program(home)
        .site("shop", shop.url(), "schedule: \"0/5 * * * * ?\"")
        .more(
            """
            channels:
              ops: {type: mail, smtp: "smtp://127.0.0.1:%d", from: a@example.com, to: [o@example.com]}
            notify:
              - {on: completed, to: ops}
            """
                .formatted(smtp.getSmtp().getPort()));
    try (ChildProcess serve = serve()) {
      serve.says("serving 1 sites, 1 channels");
      assertThat(smtp.waitForIncomingEmail(RunningProduct.PATIENCE.toMillis(), 1)).isTrue();
      assertThat(smtp.getReceivedMessages()[0].getSubject()).startsWith("[completed] shop");
      serve.terminate();
      assertThat(serve.code(10)).isEqualTo(ExitCode.COMPLETED);
      assertThat(serve.out()).isEmpty();
      assertThat(serve.err().lines())
          .allSatisfy(line -> assertThat(line).matches("\\d{4}-\\d\\d-\\d\\dT\\S+ (INFO|WARN) .*"));
      assertThat(serve.err()).containsPattern("\\[shop shop@[^]]+] backup-outcome: completed: ");
      assertThat(home.resolve("data/backup.mv.db")).isNotEmptyFile();
    }
  }

  @Test
  void a_stopped_backup_is_set_aside_without_noise_and_serve_ends_it() throws Exception {
    SimulatedSite shop = site("shop").steps(30).stepTime(Duration.ofMillis(150));
    new Program(home).site("shop", shop.url());
    try (ChildProcess backup =
        new ChildProcess(output, "backup", "shop", "--home", home.toString())) {
      await().atMost(RunningProduct.PATIENCE).until(() -> shop.requests("stepBackup").size() > 2);
      backup.terminate();
      assertThat(backup.code(15)).isNotZero();
      assertThat(backup.err()).contains("the next serve goes on").doesNotContain("JDBC");
    }
    try (ChildProcess serve = serve()) {
      await()
          .atMost(RunningProduct.PATIENCE)
          .untilAsserted(() -> assertThat(serve.err()).contains("outcome: completed: "));
    }
    assertThat(shop.requests("startBackup")).hasSize(1);
    assertThat(shop.requests("stepBackup")).hasSize(30);
  }

  @Test
  void a_backup_beside_it_is_handed_to_it_and_followed() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    SimulatedSite shop = site("shop").fault(Fault.on("stepBackup").nth(1).holdAnswer(release));
    Program program =
        new Program(home)
            .site("shop", shop.url())
            .site("wiki", site("wiki").failAt(2, "The disk is full").url())
            .more("limits: {perHost: 3}\n")
            .properties(
                "backup.api.token = handed-over-5b1c\nbackup.api.port = %d\n"
                    .formatted(Ports.free()));
    try (ChildProcess serve = serve()) {
      serve.says("serving 2 sites");

      Program.Ended wiki = program.run("backup", "wiki", "--json");
      assertThat(wiki.code()).isEqualTo(ExitCode.FAILED);
      assertThat(wiki.out()).contains("The disk is full").hasLineCount(1);
      try (ChildProcess slow =
          new ChildProcess(output, "backup", "shop", "--home", home.toString())) {
        await()
            .atMost(RunningProduct.PATIENCE)
            .until(() -> shop.requests("stepBackup").size() == 1);

        Program.Ended busy = program.run("backup", "shop");
        assertThat(busy.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(busy.errLines()).hasSize(1);
        assertThat(busy.err()).startsWith("a backup of shop is running already");
        release.countDown();
        assertThat(slow.code(180)).isEqualTo(ExitCode.COMPLETED);
        assertThat(slow.out()).startsWith("completed: shop");
        assertThat(slow.err().lines()).allSatisfy(line -> assertThat(line).startsWith("shop "));
      }
      Program.Ended unknown = program.run("backup", "nix");
      assertThat(unknown.code()).isEqualTo(ExitCode.USAGE);
      assertThat(unknown.errLines())
          .containsExactly(
              "there is no site 'nix'; config/sites.yaml has: shop, wiki; so the running serve read it"
                  + " at its start: start it again after a change");
      assertThat(program.run("status", "nix").errLines()).isEqualTo(unknown.errLines());
      assertThat(program.run("stop", "nix").errLines()).isEqualTo(unknown.errLines());

      Program.Ended second = program.run("serve");
      assertThat(second.code()).isEqualTo(ExitCode.USAGE);
      assertThat(second.err()).contains("the store is in use by another process").hasLineCount(1);
    }
  }

  @Test
  void a_port_in_use_is_one_line() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Program.Ended serve =
          new Program(home)
              .site("shop", site("shop").url())
              .properties(
                  "backup.api.token = abcdefgh1234\nbackup.api.port = " + taken.getLocalPort())
              .run("serve");

      assertThat(serve.code()).isEqualTo(ExitCode.USAGE);
      assertThat(serve.errLines())
          .containsExactly(
              ("config/application.properties: backup.api.port: port %d of 127.0.0.1 can't be"
                      + " listened on; is it in use by another program?")
                  .formatted(taken.getLocalPort()));
    }
  }
}
