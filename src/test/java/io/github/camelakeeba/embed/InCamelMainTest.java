package io.github.camelakeeba.embed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.product.RunningProduct;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Camel Main with routes of its own in YAML, and the module as a bean of its properties. */
class InCamelMainTest {
  private static final String ROUTES =
      """
      - route:
          id: deploy
          from:
            uri: direct:deploy
            steps:
              - to:
                  uri: direct:backup-ask
              - choice:
                  when:
                    - expression:
                        simple:
                          expression: ${header.backup-state} == 'completed'
                      steps:
                        - setHeader:
                            name: go
                            expression:
                              constant:
                                expression: "yes"
                  otherwise:
                    steps:
                      - setHeader:
                          name: go
                          expression:
                            constant:
                              expression: "no"
      - route:
          id: outcomes
          from:
            uri: direct:outcomes
            steps:
              - bean:
                  ref: received
                  method: accept(${body})
      """;

  private static final String EVENTS =
      """
      channels:
        host: {type: camel, uri: "direct:outcomes?block=false"}
      notify:
        - {on: [started, completed, warning, failed], to: host}
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"property", "bind"})
  void a_host_asks_in_its_own_route_and_hears_of_outcomes_in_another(String way) throws Exception {
    Path routes = Files.createDirectories(folder.resolve("flows"));
    Files.writeString(routes.resolve("host.camel.yaml"), ROUTES);
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    Main main = new Main();
    try (SampleSite shop = new SampleSite(folder, EVENTS)) {
      shop.properties()
          .forEach((key, value) -> main.addInitialProperty((String) key, (String) value));
      if (way.equals("bind")) {
        main.bind("backup", new BackupModule());
      } else {
        main.addInitialProperty("camel.beans.backup", "#class:" + BackupModule.class.getName());
      }
      main.bind("received", (Consumer<String>) received::add);
      // the second is the pattern of many a host: it must not find our routes
      main.configure()
          .withRoutesIncludePattern(
              "file:" + routes + "/*.camel.yaml,classpath:routes/*.camel.yaml");
      main.setShutdownStrategy(new SimpleMainShutdownStrategy());
      main.start();

      Exchange answer =
          main.getCamelContext()
              .createProducerTemplate()
              .request("direct:deploy", exchange -> exchange.getMessage().setBody("shop"));

      assertThat(answer.getException()).isNull();
      assertThat(main.getCamelContext().getRoute("backup-api-sites")).isNull();
      assertThat(answer.getMessage().getHeader("go")).isEqualTo("yes");
      ObjectMapper json = new ObjectMapper();
      JsonNode outcome = json.readTree(answer.getMessage().getBody(String.class));
      JsonNode started = json.readTree(next(received));
      JsonNode ended = json.readTree(next(received));
      assertThat(started.at("/data/state").asText()).isEqualTo("started");
      assertThat(ended).isEqualTo(outcome);
    } finally {
      main.stop();
    }
  }

  private static String next(BlockingQueue<String> received) throws InterruptedException {
    String event = received.poll(RunningProduct.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(event).as("an event").isNotNull();
    return event;
  }
}
