package io.github.camelakeeba.keep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Other routes of an application bring archives home; a message never says to which place. */
class DownloadRequestsTest {
  @TempDir static Path folder;
  private static RunningProduct product;

  @BeforeAll
  static void start() throws Exception {
    product = new RunningProduct(folder);
    SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(2);
    product.site("shop", shop.url()).start();
  }

  @AfterAll
  static void stop() throws Exception {
    product.close();
  }

  private static Exchange ask(String body, String... variables) {
    return product
        .service()
        .context()
        .createProducerTemplate()
        .request(
            "direct:backup-download",
            exchange -> {
              exchange.getMessage().setBody(body);
              for (int i = 0; i < variables.length; i += 2) {
                exchange.setVariable(variables[i], variables[i + 1]);
              }
            });
  }

  @Test
  void an_outcome_goes_in_and_the_files_come_out() throws Exception {
    String outcome = product.service().beans().json().write(product.backup("shop"));

    Exchange answer = ask(outcome, "backup-to", "here/{site}");

    assertThat(answer.getException()).isNull();
    JsonNode pulled = new ObjectMapper().readTree(answer.getMessage().getBody(String.class));
    assertThat(pulled.path("readable").asBoolean()).isTrue();
    assertThat(pulled.path("folder").asText()).isEqualTo(folder.resolve("here/shop").toString());
    assertThat(Path.of(pulled.at("/files/0/path").asText())).hasSize(65_536);
    assertThat(answer.getMessage().getHeaders()).containsOnlyKeys("Content-Type");

    Exchange named = ask("{\"site\":\"shop\",\"record\":1,\"to\":\"/elsewhere\"}");
    assertThat(new ObjectMapper().readTree(named.getMessage().getBody(String.class)).path("folder"))
        .hasToString("\"" + folder.resolve("archives/shop") + "\"");
    Exchange empty = ask("", "backup-site", "shop", "backup-record", "1");
    assertThat(empty.getException()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"site\":\"nobody\",\"record\":1}        | there is no site of this name",
        "{\"site\":\"../shop\",\"record\":1}       | there is no site of this name",
        "{\"site\":\"shop\"}                       | 'record' must be the number",
        "{\"site\":\"shop\",\"record\":-1}         | 'record' must be the number",
        "{\"site\":\"shop\",\"record\":\"1;drop\"} | 'record' must be the number",
        "shop                                      | the body must be empty, the outcome of a backup",
        "[1]                                       | the body must be empty, the outcome of a backup",
      })
  void what_names_no_backup_is_refused(String body, String sentence) {
    assertThat(ask(body).getException())
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining(sentence);
  }
}
