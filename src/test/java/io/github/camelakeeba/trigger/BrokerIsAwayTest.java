package io.github.camelakeeba.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.app.cli.ChildProcess;
import io.github.camelakeeba.bus.ArtemisBroker;
import io.github.camelakeeba.bus.JmsClient;
import io.github.camelakeeba.product.RunningProduct;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The broker is not there at the start, and goes away later. */
@Tag("broker")
@Tag("fault")
class BrokerIsAwayTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"jms", "amqp"})
  void the_service_starts_other_triggers_work_and_this_one_comes_back_by_itself(String scheme)
      throws Exception {
    Path inbox = folder.resolve("inbox");
    try (ArtemisBroker broker = ArtemisBroker.start();
        RunningProduct product = new RunningProduct(folder)) {
      broker.stop();
      BrokerSettings.jms(product, broker.coreUrl());
      BrokerSettings.amqp(product, broker);
      product
          .site(
              "shop", product.server().joomla("shop").secret(RunningProduct.SECRET).steps(1).url())
          .yaml(
              """
              triggers:
                - {name: requests, from: "%s:queue:requests?recoveryInterval=500"}
                - {name: inbox, from: "file:%s"}
              """
                  .formatted(scheme, inbox))
          .configure();
      try (ChildProcess serve = new ChildProcess(folder, "serve", "--home", folder.toString())) {
        serve.says("trigger requests consumes nothing: ");
        Files.writeString(inbox.resolve("a"), "shop");
        await().atMost(RunningProduct.PATIENCE).until(() -> Files.exists(inbox.resolve("done/a")));

        broker.restart();
        accepted(broker, serve, 2);
        serve.says("trigger requests is back after ");
        broker.stop();
        await().atMost(RunningProduct.PATIENCE).until(() -> count(serve, "consumes nothing") == 2);
        broker.restart();
        accepted(broker, serve, 3);
        await().atMost(RunningProduct.PATIENCE).until(() -> count(serve, "is back after") == 2);

        assertThat(serve.err()).doesNotContain("\tat ", "Exception", broker.coreUrl());
        assertThat(serve.err().lines().count()).as(serve.err()).isLessThan(35);
        serve.terminate();
        assertThat(serve.code(10)).isZero();
      }
    }
  }

  private static void accepted(ArtemisBroker broker, ChildProcess serve, int number)
      throws Exception {
    try (JmsClient client = new JmsClient(broker)) {
      client.send("requests", "{\"site\":\"shop\",\"ifBusy\":\"queue\"}");
    }
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(() -> count(serve, ", asked for by event") == number);
  }

  private static long count(ChildProcess serve, String text) {
    return serve.err().lines().filter(line -> line.contains(text)).count();
  }
}
