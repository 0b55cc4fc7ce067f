package io.github.camelakeeba.embed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.github.camelakeeba.product.RunningProduct;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Kamelets at work; only {@code mvn -Pkamelets test} has the component that runs them. */
@Tag("kamelets")
class KameletsTest {
  @TempDir Path folder;

  private final GreenMail smtp =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private final BlockingQueue<Exchange> received = new LinkedBlockingQueue<>();
  private final AtomicInteger refusals = new AtomicInteger(1);
  private SampleSite shop;
  private CamelContext context;

  @BeforeEach
  void start_a_host() throws Exception {
    smtp.start();
    shop =
        new SampleSite(
            folder,
            """
            channels:
              events: {type: camel, uri: "direct:events?block=false"}
              ops: {type: mail, smtp: "smtp://127.0.0.1:%d", from: a@example.com, to: [ops@example.com]}
            notify:
              - {on: [started, completed, warning, failed], to: events}
            """
                .formatted(smtp.getSmtp().getPort()));
    context = new DefaultCamelContext();
    context.getPropertiesComponent().setInitialProperties(shop.properties());
    new BackupModule().configure(context);
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:nightly").kamelet("akeeba-backup-action?site=shop");
            from("direct:home")
                .to("kamelet:akeeba-backup-action/before?site=shop")
                .kamelet("akeeba-download-action?to=" + folder.resolve("home"));
            from("direct:record").kamelet("akeeba-download-action?to=" + folder.resolve("here"));
            from("direct:test-site")
                .to("kamelet:akeeba-backup-action/before-extract?site=shop")
                .kamelet("akeeba-extract-action?only=*.json&to=" + folder.resolve("test"));
            from("direct:sink").kamelet("backup-notify-sink?channel=ops");
            from("direct:nobody").kamelet("backup-notify-sink?channel=nobody");
            from("direct:backups").kamelet("akeeba-list-backups-action?site=shop&limit=10");
            from("direct:info").kamelet("akeeba-backup-info-action");
            from("direct:profiles").kamelet("akeeba-profiles-action?site=shop");
            from("direct:quick").kamelet("akeeba-backup-action?wait=0s");
            from("kamelet:akeeba-backup-event-source?states=completed,failed&sites=blog,shop")
                .process(
                    exchange -> {
                      if (refusals.getAndDecrement() > 0) {
                        throw new IllegalStateException("not now");
                      }
                      received.add(exchange.copy());
                    })
                .to("kamelet:backup-notify-sink?channel=ops");
          }
        });
    context.start();
  }

  @AfterEach
  void stop() throws Exception {
    context.close();
    shop.close();
    smtp.stop();
  }

  private Exchange ask(String uri, String body) {
    return context
        .createProducerTemplate()
        .request(uri, exchange -> exchange.getMessage().setBody(body));
  }

  @Test
  void the_action_gives_the_outcome_the_source_emits_it_and_the_sink_tells_of_it()
      throws Exception {
    Exchange answer = ask("direct:nightly", "");
    assertThat(answer.getException()).isNull();
    JsonNode outcome = new ObjectMapper().readTree(answer.getMessage().getBody(String.class));
    assertThat(outcome.at("/data/state").asText()).isEqualTo("completed");
    assertThat(answer.getMessage().getHeader("backup-state")).isEqualTo("completed");

    // it was refused once, and comes again; started is not among the states
    Exchange event = received.poll(RunningProduct.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(event).isNotNull();
    assertThat(event.getVariables().keySet()).noneMatch(name -> name.startsWith("backup-kamelet"));
    assertThat(new ObjectMapper().readTree(event.getMessage().getBody(String.class)))
        .isEqualTo(outcome);
    assertThat(smtp.waitForIncomingEmail(Duration.ofSeconds(30).toMillis(), 1)).isTrue();
    assertThat(smtp.getReceivedMessages()[0].getSubject()).startsWith("[completed] shop");
    assertThat(received).isEmpty();
  }

  @Test
  void a_test_site_is_refreshed_from_a_backup() throws Exception {
    Exchange answer = ask("direct:test-site", "");

    assertThat(answer.getException()).isNull();
    JsonNode extracted = new ObjectMapper().readTree(answer.getMessage().getBody(String.class));
    assertThat(extracted.path("written").asInt()).isPositive();
    assertThat(folder.resolve("test/installation/sql/databases.json")).exists();
    assertThat(folder.resolve("test/installation/sql/site.sql")).doesNotExist();
  }

  @Test
  void a_backup_and_its_archive_are_two_steps_of_one_route() throws Exception {
    Exchange answer = ask("direct:home", "");
    assertThat(answer.getException()).isNull();
    JsonNode pulled = new ObjectMapper().readTree(answer.getMessage().getBody(String.class));
    assertThat(pulled.path("readable").asBoolean()).isTrue();
    assertThat(Path.of(pulled.at("/files/0/path").asText()))
        .exists()
        .hasParent(folder.resolve("home"));
  }

  @Test
  void a_site_is_asked_for_its_backups_one_of_them_and_its_profiles() throws Exception {
    ObjectMapper json = new ObjectMapper();
    String outcome = ask("direct:nightly", "").getMessage().getBody(String.class);

    JsonNode listed = json.readTree(answer("direct:backups", ""));
    assertThat(listed.path("site").asText()).isEqualTo("shop");
    assertThat(listed.at("/backups/0/status").asText()).isEqualTo("complete");
    JsonNode info = json.readTree(answer("direct:info", outcome));
    assertThat(info.at("/backup/id")).isEqualTo(listed.at("/backups/0/id"));
    assertThat(info.at("/backup/files/0/size").asLong()).isPositive();
    JsonNode profiles = json.readTree(answer("direct:profiles", ""));
    assertThat(profiles.at("/profiles/0/id").asInt()).isEqualTo(1);

    assertThat(ask("direct:info", "{\"site\":\"shop\"}").getException())
        .hasMessageContaining("'record' must be a whole number from 1");
    assertThat(ask("direct:info", "{\"site\":\"shop\",\"record\":4711}").getException())
        .hasMessageContaining("no such backup record");
    assertThat(ask("direct:backups", "{\"site\":\"nobody\"}").getException())
        .hasMessageContaining("no site of this name");
  }

  private String answer(String uri, String body) {
    Exchange answer = ask(uri, body);
    assertThat(answer.getException()).isNull();
    return answer.getMessage().getBody(String.class);
  }

  /** Also where it uses the names by which our routes know what a Kamelet says. */
  @Test
  void a_kamelet_leaves_the_exchange_as_it_was_but_for_the_answer() throws Exception {
    Map<String, Object> own =
        Map.of(
            "backup-site", "mine", "backup-to", "mine", "backup-channel", "mine", "site", "mine");
    String outcome = null;
    for (String route :
        List.of("direct:nightly", "direct:record", "direct:sink", "direct:nobody")) {
      String body = outcome == null ? "" : outcome;
      Exchange answer =
          context
              .createProducerTemplate()
              .request(
                  route,
                  exchange -> {
                    own.forEach(exchange::setVariable);
                    own.forEach(exchange::setProperty);
                    exchange.getMessage().setHeaders(new HashMap<>(own));
                    exchange.getMessage().setBody(body);
                  });
      assertThat(answer.isFailed()).as(route).isEqualTo(route.endsWith("nobody"));
      assertThat(answer.getVariables()).as(route).isEqualTo(own);
      assertThat(answer.getMessage().getHeaders()).as(route).containsAllEntriesOf(own);
      assertThat(answer.getAllProperties()).as(route).containsAllEntriesOf(own);
      outcome = outcome == null ? answer.getMessage().getBody(String.class) : outcome;
    }
  }

  @Test
  void the_action_gives_the_run_when_the_wait_is_over() throws Exception {
    Exchange first = ask("direct:quick", "{\"site\":\"shop\",\"id\":\"deploy-7\"}");
    Exchange second = ask("direct:quick", "{\"site\":\"shop\",\"id\":\"deploy-7\"}");
    assertThat(List.of("queued", "running"))
        .contains(first.getMessage().getHeader("backup-state", String.class));
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(second.getMessage().getBody(String.class)).path("id"))
        .isEqualTo(json.readTree(first.getMessage().getBody(String.class)).path("id"));
  }
}
