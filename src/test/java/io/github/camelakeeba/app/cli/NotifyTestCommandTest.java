package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.notify.WebhookReceiver;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class NotifyTestCommandTest {
  private static final String PATH = "/services/T0PS3CR3T/path";

  @TempDir Path home;
  private final GreenMail smtp =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private WebhookReceiver hook;
  private Program program;

  @BeforeEach
  void configure() throws Exception {
    smtp.start();
    hook = new WebhookReceiver();
    program =
        new Program(home)
            .site("shop", URI.create("https://zoe:hush-hush@shop.example.com/a/remote.php"))
            .more(
                """
                channels:
                  hook: {type: webhook, url: "%s"}
                  ops: {type: mail, smtp: "smtp://127.0.0.1:%d", from: a@example.com, to: o@example.com}
                notify: [{on: [completed, failed], to: [hook, ops]}]
                """
                    .formatted(hook.url(PATH), smtp.getSmtp().getPort()));
  }

  @AfterEach
  void stop() {
    hook.close();
    smtp.stop();
  }

  private JsonNode event() {
    assertThat(hook.all(PATH)).hasSize(1);
    return hook.all(PATH).get(0).json();
  }

  @Test
  void a_channel_gets_one_event_that_is_marked_as_a_test_and_no_other_does() throws Exception {
    Program.Ended test = program.run("notify-test", "hook");

    assertThat(test.code()).isZero();
    assertThat(test.err()).isEmpty();
    assertThat(test.out()).matches("delivered to hook in \\d+ ms\n");
    assertThat(event().path("source").asText()).endsWith("/sites/test");
    assertThat(event().path("id").asText()).startsWith("test/");
    assertThat(event().at("/data/test").asBoolean()).isTrue();
    assertThat(event().at("/data/state").asText()).isEqualTo("completed");
    assertThat(smtp.getReceivedMessages()).isEmpty();
    assertThat(home.resolve("data")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"started", "completed", "warning", "failed", "missed", "recovered"})
  void each_state_is_an_event_as_the_schema_asks_for(String state) throws Exception {
    Program.Ended test = program.run("notify-test", "hook", "--state", state, "--site", "shop");

    assertThat(test.code()).isZero();
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("docs/reference/event.schema.json")));
    assertThat(schema.validate(hook.all(PATH).get(0).body(), InputFormat.JSON)).isEmpty();
    assertThat(event().path("source").asText()).endsWith("/sites/shop");
    assertThat(event().path("type").asText()).endsWith(".backup." + state + ".v1");
    assertThat(event().at("/data/url").asText()).isEqualTo("https://shop.example.com/a/remote.php");
  }

  @ParameterizedTest
  @ValueSource(strings = {"started", "completed", "warning", "failed", "missed", "recovered"})
  void a_mail_can_be_made_of_it(String state) throws Exception {
    Program.Ended test = program.run("notify-test", "ops", "--state", state);

    assertThat(test.err()).isEmpty();
    assertThat(test.code()).isZero();
    assertThat(smtp.getReceivedMessages()).hasSize(1);
    assertThat(smtp.getReceivedMessages()[0].getSubject())
        .startsWith("[TEST] [" + state + "] test");
    assertThat(hook.all(PATH)).isEmpty();
  }

  @Test
  void a_digest_holds_three_events() throws Exception {
    Program.Ended test = program.run("notify-test", "hook", "--digest", "--json");

    assertThat(test.code()).isZero();
    assertThat(event().path("type").asText()).endsWith(".digest.v1");
    assertThat(event().at("/data/events")).hasSize(3);
    assertThat(event().at("/data/counts/failed").asInt()).isEqualTo(1);
    JsonNode output = new ObjectMapper().readTree(test.out());
    assertThat(output.path("delivered").asBoolean()).isTrue();
    assertThat(output.path("event")).isEqualTo(event().path("id"));
  }

  @Test
  void a_report_is_of_made_up_sites_and_marked() throws Exception {
    assertThat(program.run("notify-test", "hook", "--report").code()).isZero();
    assertThat(event().path("type").asText()).endsWith(".report.v1");
    assertThat(event().at("/data/test").asBoolean()).isTrue();
    assertThat(event().at("/data/sites")).hasSize(6);

    assertThat(program.run("notify-test", "ops", "--report").code()).isZero();
    assertThat(smtp.getReceivedMessages()[0].getSubject()).startsWith("[TEST] [report] 2 of 9,214");
    assertThat(program.run("notify-test", "ops", "--report", "--digest").code())
        .isEqualTo(ExitCode.USAGE);
    assertThat(program.run("notify-test", "ops", "--report", "--site", "shop").errLines())
        .containsExactly(
            "--report goes without --site: its sites are called test;"
                + " see 'camel-akeeba-backup notify-test --help'");
  }

  @Test
  void a_channel_that_does_not_take_it_is_1_with_the_reason_and_no_secret() throws Exception {
    hook.answer(PATH, 500);

    Program.Ended test = program.run("notify-test", "hook");
    assertThat(test.code()).isEqualTo(ExitCode.FAILED);
    assertThat(test.out()).isEmpty();
    assertThat(test.errLines())
        .containsExactly("hook was not reached: webhook hook: the server answered HTTP 500");
    hook.close();
    Program.Ended json = program.run("notify-test", "hook", "--json");
    assertThat(json.code()).isEqualTo(ExitCode.FAILED);
    JsonNode output = new ObjectMapper().readTree(json.out());
    assertThat(output.path("delivered").asBoolean()).isFalse();
    assertThat(output.path("error").asText()).contains("connection refused");
    assertThat(json.out() + json.err() + test.err()).doesNotContain("T0PS3CR3T");
  }

  @Test
  void an_unknown_channel_site_or_state_is_2() {
    Program.Ended channel = program.run("notify-test", "hok");
    assertThat(channel.code()).isEqualTo(ExitCode.USAGE);
    assertThat(channel.errLines())
        .containsExactly("there is no channel 'hok'; did you mean 'hook'? allowed: hook, ops");
    assertThat(program.run("notify-test", "hook", "--site", "nix").code())
        .isEqualTo(ExitCode.USAGE);
    assertThat(program.run("notify-test", "hook", "--state", "bad").code())
        .isEqualTo(ExitCode.USAGE);
    Program.Ended digest = program.run("notify-test", "hook", "--digest", "--site", "shop");
    assertThat(digest.code()).isEqualTo(ExitCode.USAGE);
    assertThat(digest.errLines()).singleElement().asString().startsWith("--digest goes without");
    assertThat(hook.all(PATH)).isEmpty();
  }
}
