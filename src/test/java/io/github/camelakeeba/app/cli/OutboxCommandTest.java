package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.outbox.OutboxRows;
import io.github.camelakeeba.store.Database;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class OutboxCommandTest {
  private static final String PATH = "/services/T0PS3CR3T/path";

  @TempDir Path home;
  private Program program;

  @BeforeEach
  void configure() throws Exception {
    program =
        new Program(home)
            .site("shop", URI.create("http://127.0.0.1:9/remote.php"))
            .more(
                """
                channels:
                  chat: {type: webhook, url: "http://127.0.0.1:9%s"}
                  hook: {type: webhook, url: "http://127.0.0.1:9/in/hook"}
                notify: []
                """
                    .formatted(PATH));
  }

  private long[] fill() {
    try (Database database = Database.file(home.resolve("data"), 2)) {
      OutboxRows rows =
          new OutboxRows(database.dataSource())
              .waiting("chat", "a/completed", "digest 1d")
              .failing("chat", "b/failed", "connection refused")
              .parked("hook", "c/failed", "the call of " + PATH + "\nfailed\u001b[31m")
              .parked("gone", "d/failed", "the channel is not in config/sites.yaml any more");
      return new long[] {rows.id("b/failed"), rows.id("c/failed")};
    }
  }

  @Test
  void the_list_is_a_line_a_message_and_tells_no_secret() throws Exception {
    fill();

    Program.Ended list = program.run("outbox", "list");

    assertThat(list.code()).isZero();
    assertThat(list.err()).isEmpty();
    assertThat(list.out().lines()).hasSize(5);
    assertThat(list.out())
        .containsPattern("\\d+ +chat +a/completed +waits [(]digest 1d[)] +0 +20\\S+Z +-\n")
        .containsPattern("\\d+ +chat +b/failed +on its way +5 +20\\S+Z +connection refused\n")
        .containsPattern("\\d+ +hook +c/failed +parked +148 +parked 20\\S+Z +the call of [*]{3} f")
        .doesNotContain("T0PS3CR3T", "\u001b");
  }

  @Test
  void channel_parked_and_limit_choose() throws Exception {
    fill();

    assertThat(program.run("outbox", "list", "--channel", "chat", "--parked").out())
        .isEqualTo("No message is parked.\n");
    assertThat(program.run("outbox", "list", "--channel", "gone").out())
        .as("what is left of a channel that is gone can be seen")
        .contains("d/failed");
    assertThat(program.run("outbox", "list", "--limit=1").out()).endsWith("\nand 3 more\n");
    JsonNode json =
        new ObjectMapper().readTree(program.run("outbox", "list", "--limit=2", "--json").out());
    assertThat(json.path("count").asInt()).isEqualTo(4);
    assertThat(json.path("messages")).hasSize(2);
  }

  @Test
  void an_empty_outbox_is_a_sentence() {
    assertThat(program.run("outbox", "list").out()).isEqualTo("Every message is delivered.\n");
    assertThat(program.run("outbox", "retry").out()).isEqualTo("0 messages are due again.\n");
  }

  @Test
  void a_retry_makes_parked_messages_due_and_delivers_nothing_itself() {
    fill();

    assertThat(program.run("outbox", "retry").out()).isEqualTo("1 message is due again.\n");

    assertThat(program.run("outbox", "list", "--channel", "hook").out())
        .containsPattern("c/failed +on its way +0 ");
    assertThat(program.run("outbox", "list", "--channel", "chat").out())
        .containsPattern("b/failed +on its way +5 ");
  }

  @Test
  void a_retry_of_numbers_takes_these_and_says_how_many() {
    long[] ids = fill();

    Program.Ended retry =
        program.run("outbox", "retry", "--id", ids[0] + "," + ids[1], "--id", "999", "--json");

    assertThat(retry.code()).isZero();
    assertThat(retry.out()).isEqualTo("{\"retried\":2}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "outbox                        | Missing required subcommand; see",
        "outbox purge                  | unexpected 'purge'; see",
        "outbox list --channel hok     | there is no channel 'hok'; did you mean 'hook'?",
        "outbox list --limit 0         | --limit is a number from 1 to 1000; see",
        "outbox retry --channel gone   | there is no channel 'gone'; allowed: chat, hook",
        "outbox retry --id x           | Invalid value for option '--id'",
      })
  void wrong_usage_is_2_and_one_line(String line, String sentence) {
    Program.Ended ended = program.run(line.split(" "));

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.errLines()).singleElement().asString().startsWith(sentence);
  }
}
