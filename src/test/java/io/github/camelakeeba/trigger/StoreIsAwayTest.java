package io.github.camelakeeba.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.bus.ArtemisBroker;
import io.github.camelakeeba.bus.JmsClient;
import io.github.camelakeeba.cli.Child;
import io.github.camelakeeba.product.Ports;
import io.github.camelakeeba.product.Product;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database stops while messages come. */
@Tag("fault")
class StoreIsAwayTest {
  private static final Duration A_WHILE = Duration.ofSeconds(4);

  @TempDir Path folder;
  private final int port = Ports.free();

  @Test
  void messages_are_held_until_it_is_back_and_go_back_when_the_service_stops_meanwhile()
      throws Exception {
    Path inbox = folder.resolve("inbox");
    EmbeddedPostgres postgres = postgres();
    try (ArtemisBroker broker = ArtemisBroker.start();
        JmsClient client = new JmsClient(broker);
        Product product = new Product(folder)) {
      Bus.jms(product, broker.coreUrl())
          .property("backup.database.url = jdbc:postgresql://127.0.0.1:" + port + "/postgres")
          .property("backup.database.user = postgres")
          .site("shop", product.server().joomla("shop").secret(Product.SECRET).steps(1).url())
          .yaml(
              """
              triggers:
                - {from: "jms:queue:requests", deadLetter: "jms:queue:refused"}
                - {from: "file:%s"}
              """
                  .formatted(inbox))
          .configure();
      try (Child serve = new Child(folder, "serve", "--home", folder.toString())) {
        serve.says("serving 1 sites");
        await()
            .atMost(Product.PATIENCE)
            .failFast(() -> assertThat(serve.alive()).as(serve.err()).isTrue())
            .until(() -> broker.connections() > 1);
        postgres.close();
        client.send("requests", "{\"site\":\"shop\",\"id\":\"held\"}");
        Files.writeString(inbox.resolve("held"), "shop");
        serve.says("the store does not take writes");
        await()
            .during(A_WHILE)
            .atMost(A_WHILE.plusSeconds(3))
            .until(() -> !serve.err().contains("asked for by event"));
        EmbeddedPostgres again = postgres();
        await()
            .atMost(Product.PATIENCE)
            .until(() -> serve.err().split("asked for by event", -1).length == 3);
        await().atMost(Product.PATIENCE).until(() -> Files.exists(inbox.resolve("done/held")));

        again.close();
        await()
            .atMost(Product.PATIENCE)
            .until(() -> serve.err().split("does not take writes", -1).length == 3);
        client.send("requests", "{\"site\":\"shop\",\"id\":\"back\"}");
        Files.writeString(inbox.resolve("back"), "shop");
        await()
            .during(A_WHILE)
            .atMost(A_WHILE.plusSeconds(3))
            .until(() -> Files.exists(inbox.resolve("back")));
        serve.terminate();
        assertThat(serve.code(15)).isZero();
        assertThat(serve.err()).doesNotContain("\tat ", "refused");
        assertThat(inbox.resolve("back")).exists();
        assertThat(broker.take("requests", 1, Duration.ofSeconds(5)).get(0).getBody(String.class))
            .contains("back");
      }
    }
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
