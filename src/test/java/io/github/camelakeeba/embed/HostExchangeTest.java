package io.github.camelakeeba.embed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.simulator.Fault;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What our routes do for a host's exchange leaves nothing in it but the answer. */
class HostExchangeTest {
  private static final List<String> NAMES =
      List.of("site", "order", "asked", "call", "answer", "archive", "backup-own", "akeeba-call");

  @TempDir Path folder;
  private SampleSite shop;
  private CamelContext context;

  @BeforeEach
  void start_a_host() throws Exception {
    shop =
        new SampleSite(
            folder,
            """
            channels:
              events: {type: camel, uri: "seda:events"}
            """);
    context = new DefaultCamelContext();
    context.getPropertiesComponent().setInitialProperties(shop.properties());
    new BackupModule().configure(context);
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // in a loop and a try block of the host, whose marks ours must not move
            for (String route :
                List.of(
                    "backup-ask",
                    "backup-download",
                    "backup-extract",
                    "backup-query",
                    "backup-tell")) {
              from("direct:" + route + "-of-host")
                  .loop(1)
                  .doTry()
                  .process(exchange -> exchange.setProperty("before", state(exchange)))
                  .to("direct:" + route)
                  .process(exchange -> exchange.setProperty("after", state(exchange)))
                  .doCatch(Exception.class)
                  .process(exchange -> exchange.setProperty("after", state(exchange)))
                  .end();
            }
          }
        });
    context.start();
  }

  @AfterEach
  void stop() throws Exception {
    context.close();
    shop.close();
  }

  private static Map<String, Object> state(Exchange exchange) {
    Map<String, Object> properties = new TreeMap<>(exchange.getAllProperties());
    // what Camel notes of the host's own steps
    for (String name :
        List.of(
            Exchange.TO_ENDPOINT,
            Exchange.EXCEPTION_CAUGHT,
            Exchange.EXCEPTION_HANDLED,
            Exchange.FAILURE_ENDPOINT,
            Exchange.FAILURE_ROUTE_ID,
            Exchange.EXCEPTION_CAUGHT,
            "CamelTryRouteBlock",
            "before")) {
      properties.remove(name);
    }
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("variables", new TreeMap<>(exchange.getVariables()));
    state.put("headers", new TreeMap<>(exchange.getMessage().getHeaders()));
    state.put("properties", properties);
    return state;
  }

  private Exchange send(String route, Object body, String... variables) {
    return context
        .createProducerTemplate()
        .request(
            "direct:" + route + "-of-host",
            exchange -> {
              exchange.getMessage().setBody(body);
              for (String name : NAMES) {
                exchange.setVariable(name, "variable " + name);
                exchange.setProperty(name, "property " + name);
                exchange.getMessage().setHeader(name, "header " + name);
              }
              for (int i = 0; i < variables.length; i += 2) {
                exchange.setVariable(variables[i], variables[i + 1]);
              }
            });
  }

  @SuppressWarnings("unchecked")
  private static void isAsItWas(Exchange exchange, String... answer) {
    Map<String, Object> before = exchange.getProperty("before", Map.class);
    Map<String, Object> after = exchange.getProperty("after", Map.class);
    for (String header : answer) {
      assertThat(((Map<String, Object>) after.get("headers")).remove(header)).isNotNull();
    }
    assertThat(after).isEqualTo(before);
  }

  @Test
  void backup_ask_download_and_tell_leave_a_hosts_exchange_as_it_was_but_for_the_answer()
      throws Exception {
    Exchange asked = send("backup-ask", null, "backup-site", "shop", "backup-wait", "1m");
    String outcome = asked.getMessage().getBody(String.class);
    assertThat(new ObjectMapper().readTree(outcome).at("/data/state").asText())
        .isEqualTo("completed");
    isAsItWas(
        asked,
        "backup-state",
        "ce_id",
        "ce_type",
        "ce_source",
        "ce_subject",
        "ce_time",
        "ce_specversion",
        "Content-Type");

    Exchange downloaded =
        send("backup-download", outcome, "backup-to", folder.resolve("home").toString());
    assertThat(downloaded.getMessage().getBody(String.class)).contains("\"readable\":true");
    isAsItWas(downloaded, "Content-Type");

    Exchange extracted =
        send("backup-extract", outcome, "backup-to", folder.resolve("test").toString());
    assertThat(extracted.getMessage().getBody(String.class)).contains("\"warnings\":[]");
    isAsItWas(extracted, "Content-Type");

    Exchange published = send("backup-tell", outcome, "backup-channel", "events");
    assertThat(published.getMessage().getBody()).isEqualTo(outcome);
    isAsItWas(published);
    assertThat(context.createConsumerTemplate().receiveBody("seda:events", 30_000, String.class))
        .isEqualTo(outcome);
  }

  /** The message of a call that gave no answer holds its address and the site's credential. */
  @Test
  void neither_does_a_call_that_is_repeated_leave_its_headers() {
    String outcome = send("backup-ask", "shop").getMessage().getBody(String.class);

    shop.site().fault(Fault.on("listBackups").reset());
    Exchange listed = send("backup-query", null, "backup-site", "shop");
    assertThat(listed.getMessage().getBody(String.class)).contains("\"backups\":");
    isAsItWas(listed, "Content-Type");

    shop.site().fault(Fault.on("getBackupInfo").reset());
    Exchange downloaded =
        send("backup-download", outcome, "backup-to", folder.resolve("home").toString());
    assertThat(downloaded.getMessage().getBody(String.class)).contains("\"readable\":true");
    isAsItWas(downloaded, "Content-Type");
  }

  @Test
  void an_exchange_that_no_consumer_has_made_is_answered_too() throws Exception {
    Exchange exchange = new DefaultExchange(context);
    exchange.getMessage().setBody("shop");

    Exchange answer = context.createProducerTemplate().send("direct:backup-ask", exchange);

    assertThat(answer.getException()).isNull();
    assertThat(answer.getMessage().getHeader("backup-state")).isEqualTo("completed");
  }

  @Test
  void so_does_what_is_refused() {
    Exchange downloaded = send("backup-download", "{\"site\":\"nobody\",\"record\":1}");
    assertThat(downloaded.getProperty(Exchange.EXCEPTION_CAUGHT)).isNotNull();
    assertThat(downloaded.getMessage().getBody()).isEqualTo("{\"site\":\"nobody\",\"record\":1}");
    isAsItWas(downloaded);

    Exchange published = send("backup-tell", "no event", "backup-channel", "events");
    assertThat(published.getProperty(Exchange.EXCEPTION_CAUGHT)).isNotNull();
    isAsItWas(published);

    Exchange asked = send("backup-ask", "nobody");
    assertThat(asked.getProperty(Exchange.EXCEPTION_CAUGHT)).isNotNull();
    assertThat(asked.getMessage().getBody()).isEqualTo("nobody");
    // by which a repetition of the call is known
    assertThat(asked.getProperty("after", Map.class).toString())
        .contains("backup-pending-request=PendingRequest");
  }
}
