package io.github.camelakeeba.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.app.cli.ChildProcess;
import io.github.camelakeeba.bus.ArtemisBroker;
import io.github.camelakeeba.bus.JmsClient;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.store.Database;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** The service is killed while it takes messages. */
@Tag("broker")
@Tag("fault")
class AcceptedOnceTest {
  private static final int MESSAGES = 1_000;

  @TempDir Path folder;

  @Test
  void each_message_is_one_run_though_the_service_is_killed_in_the_middle() throws Exception {
    try (ArtemisBroker broker = ArtemisBroker.start();
        JmsClient client = new JmsClient(broker);
        RunningProduct product = new RunningProduct(folder)) {
      BrokerSettings.jms(product, broker.coreUrl())
          .site(
              "shop", product.server().joomla("shop").secret(RunningProduct.SECRET).steps(1).url())
          .yaml("triggers: [{from: \"jms:queue:requests\", coalesce: false}]\n")
          .configure();
      Set<String> sent = new HashSet<>();
      for (int i = 0; i < MESSAGES; i++) {
        sent.add("jms:trigger-1/" + client.send("requests", "shop"));
      }
      try (ChildProcess serve = new ChildProcess(folder, "serve", "--home", folder.toString())) {
        await().atMost(RunningProduct.PATIENCE).until(() -> accepted(serve) > MESSAGES / 4);
        serve.kill();
        assertThat(accepted(serve)).isLessThan(MESSAGES);
      }
      try (ChildProcess serve = new ChildProcess(folder, "serve", "--home", folder.toString())) {
        await().atMost(RunningProduct.PATIENCE).until(() -> broker.waiting("requests") == 0);
        serve.terminate();
        assertThat(serve.code(15)).isZero();
      }
      try (Database database = Database.file(folder.resolve("data"), 2)) {
        List<String> runs =
            new JdbcTemplate(database.dataSource())
                .queryForList("select request_id from run", String.class);
        assertThat(runs).containsExactlyInAnyOrderElementsOf(sent);
      }
    }
  }

  private static long accepted(ChildProcess serve) {
    return serve.err().lines().filter(line -> line.contains(", asked for by event")).count();
  }
}
