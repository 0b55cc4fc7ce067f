package io.github.camelakeeba.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.app.cli.ChildProcess;
import io.github.camelakeeba.bus.ArtemisBroker;
import io.github.camelakeeba.bus.JmsClient;
import io.github.camelakeeba.product.Ports;
import io.github.camelakeeba.product.RunningProduct;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database stops while messages come. */
@Tag("broker")
@Tag("fault")
class StoreIsAwayTest {
  private static final Duration A_WHILE = Duration.ofSeconds(4);

  private static final String AWAY = "the store does not accept writes";
  private static final String BACK = "the store is back after";

  @TempDir Path folder;
  private final int port = Ports.free();

  @Test
  void messages_are_held_until_it_is_back_and_go_back_when_the_service_stops_meanwhile()
      throws Exception {
    Path inbox = folder.resolve("inbox");
    EmbeddedPostgres postgres = postgres();
    try (ArtemisBroker broker = ArtemisBroker.start();
        JmsClient client = new JmsClient(broker);
        RunningProduct product = new RunningProduct(folder)) {
      BrokerSettings.jms(product, broker.coreUrl())
          .property("backup.database.url = jdbc:postgresql://127.0.0.1:" + port + "/postgres")
          .property("backup.database.user = postgres")
          .site(
              "shop", product.server().joomla("shop").secret(RunningProduct.SECRET).steps(1).url())
          .yaml(
              """
              triggers:
                - {from: "jms:queue:requests", deadLetter: "jms:queue:refused"}
                - {from: "file:%s"}
              """
                  .formatted(inbox))
          .configure();
      try (ChildProcess serve = new ChildProcess(folder, "serve", "--home", folder.toString())) {
        client.send("requests", "{\"site\":\"shop\",\"id\":\"before\"}");
        serve.says("outcome: completed");
        postgres.close();
        client.send("requests", "{\"site\":\"shop\",\"id\":\"held\"}");
        Files.writeString(inbox.resolve("held"), "shop");
        serve.says(AWAY);
        await().during(A_WHILE).atMost(A_WHILE.plusSeconds(3)).until(() -> accepted(serve) == 1);
        assertThat(broker.held("requests")).as("not acknowledged, came once").containsExactly(1);
        EmbeddedPostgres again = postgres();
        await()
            .atMost(RunningProduct.PATIENCE)
            .untilAsserted(() -> assertThat(accepted(serve)).as(serve.err()).isEqualTo(3));
        await()
            .atMost(RunningProduct.PATIENCE)
            .untilAsserted(() -> assertThat(inbox.resolve("done/held")).as(serve.err()).exists());

        await().atMost(RunningProduct.PATIENCE).until(() -> idle(serve));
        await()
            .atMost(RunningProduct.PATIENCE)
            .untilAsserted(
                () -> assertThat(lines(serve, BACK)).as(serve.err()).isEqualTo(lines(serve, AWAY)));

        long told = lines(serve, AWAY);
        again.close();
        await().atMost(RunningProduct.PATIENCE).until(() -> lines(serve, AWAY) > told);
        assertThat(lines(serve, AWAY))
            .as("each time it is away is told once: %s", serve.err())
            .isEqualTo(lines(serve, BACK) + 1);
        client.send("requests", "{\"site\":\"shop\",\"id\":\"back\"}");
        Files.writeString(inbox.resolve("back"), "shop");
        await()
            .during(A_WHILE)
            .atMost(A_WHILE.plusSeconds(3))
            .until(() -> Files.exists(inbox.resolve("back")));
        serve.terminate();
        assertThat(serve.code(15)).isZero();
        assertThat(serve.err())
            .doesNotContain("backup-trigger-accept", "io.github.camelakeeba.trigger");
        assertThat(inbox.resolve("back")).exists();
        assertThat(broker.take("requests", 1, Duration.ofSeconds(5)).get(0).getBody(String.class))
            .contains("back");
      }
    }
  }

  private static long lines(ChildProcess serve, String part) {
    return serve.err().lines().filter(line -> line.contains(part)).count();
  }

  private static long accepted(ChildProcess serve) {
    return serve.err().lines().filter(line -> line.contains(", requested by event")).count();
  }

  /** A run in flight would make the end of the service longer, and is not what is asked here. */
  private static boolean idle(ChildProcess serve) {
    return serve
        .err()
        .lines()
        .filter(line -> line.contains("queued: run "))
        .map(line -> line.replaceFirst(".*run (\\S+),.*", "$1"))
        .allMatch(run -> serve.err().contains(run + "] backup-outcome: completed"));
  }

  /** The same database each time. */
  private EmbeddedPostgres postgres() throws Exception {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(Files.createDirectories(folder.resolve("postgres")))
        .setCleanDataDirectory(false)
        .start();
  }
}
