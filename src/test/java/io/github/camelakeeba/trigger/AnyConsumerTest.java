package io.github.camelakeeba.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.product.RunningProduct;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever Camel consumes starts a backup. */
class AnyConsumerTest {
  @TempDir Path folder;
  private RunningProduct product;

  @BeforeEach
  void start() {
    product = new RunningProduct(folder);
    product.site(
        "shop", product.server().joomla("shop").secret(RunningProduct.SECRET).steps(1).url());
  }

  @AfterEach
  void stop() throws IOException {
    product.close();
  }

  private String run() {
    return await()
        .atMost(RunningProduct.PATIENCE)
        .until(
            () -> product.jdbc().queryForList("select id from run", String.class),
            runs -> !runs.isEmpty())
        .get(0);
  }

  @Test
  void a_timer_asks_for_its_default_site() throws Exception {
    product.yaml("triggers: [{from: \"timer:often?period=1h&delay=500\", site: shop}]\n").start();
    assertThat(product.outcome(run()).data().trigger()).isEqualTo("event");
  }

  @Test
  void a_message_in_the_same_process_does_and_gets_a_reply() throws Exception {
    product.yaml("triggers: [{from: \"seda:in\"}]\n").start();
    var template = product.service().context().createProducerTemplate();
    String good = template.requestBody("seda:in", "shop", String.class);
    String bad = template.requestBody("seda:in", Map.of("site", "shop"), String.class);
    assertThat(new ObjectMapper().readTree(good).path("id").asText()).isEqualTo(run());
    assertThat(new ObjectMapper().readTree(bad).path("status").asInt()).isEqualTo(400);
  }
}
