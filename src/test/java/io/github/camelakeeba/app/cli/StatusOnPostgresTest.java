package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.outbox.OutboxRows;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.store.SharedPostgres;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On PostgreSQL a command looks into the store that a serve has open, with or without its API. */
@Tag("postgres")
class StatusOnPostgresTest {
  private static final String CHANNELS =
      """
      channels:
        hook: {type: webhook, url: "http://127.0.0.1:9/in/hook"}
      notify: []
      """;

  @TempDir Path served;
  @TempDir Path home;

  @Test
  void a_command_beside_a_serve_reads_and_retries_without_becoming_a_node() throws Exception {
    String url = SharedPostgres.newDatabase();
    try (RunningProduct serve = new RunningProduct(served)) {
      URI shop = serve.server().joomla("shop").secret(RunningProduct.SECRET).steps(2).url();
      serve.site("shop", shop).yaml(CHANNELS).postgres(url).start();
      serve.backup("shop");
      new OutboxRows(serve.jdbc().getDataSource()).parked("hook", "a", "no");
      Program program =
          new Program(home)
              .site("shop", shop)
              .more(CHANNELS)
              .properties(
                  "backup.database.url = %s\nbackup.database.user = postgres\n".formatted(url));

      Program.Ended status = program.run("status", "--json");
      assertThat(status.code()).as(status.err()).isZero();
      JsonNode output = new ObjectMapper().readTree(status.out());
      assertThat(output.path("nodes").asInt()).isEqualTo(1);
      assertThat(output.at("/sites/0/run/state").asText()).isEqualTo("completed");
      assertThat(output.at("/sites/0/lastGood").asText()).startsWith("20");
      assertThat(output.at("/channels/0/parked").asInt()).isEqualTo(1);

      assertThat(program.run("outbox", "retry").out()).isEqualTo("1 message is due again.\n");
      assertThat(serve.jdbc().queryForList("select id from node")).hasSize(1);
    }
  }
}
