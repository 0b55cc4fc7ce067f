package io.github.camelakeeba.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.simulator.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.Scheduler;

@Tag("slow")
class InPlainJavaTest {
  @TempDir Path folder;

  private static CamelContext context(Properties properties) {
    CamelContext context = new DefaultCamelContext();
    context.getPropertiesComponent().setInitialProperties(properties);
    return context;
  }

  private static Exchange ask(CamelContext context, Object body, Map<String, String> variables) {
    return context
        .createProducerTemplate()
        .request(
            "direct:backup-ask",
            exchange -> {
              variables.forEach(exchange::setVariable);
              exchange.getMessage().setBody(body);
            });
  }

  private static JsonNode json(Exchange exchange) throws Exception {
    return new ObjectMapper().readTree(exchange.getMessage().getBody(String.class));
  }

  @Test
  void routes_of_the_home_run_beside_ours() throws Exception {
    Path local = Files.createDirectories(folder.resolve("routes/local"));
    Files.writeString(
        local.resolve("own.camel.yaml"),
        """
        - route:
            id: own
            from:
              uri: direct:own
              steps:
                - to:
                    uri: mock:own
        """);
    try (SampleSite shop =
            new SampleSite(
                folder,
                """
                channels: {own: {type: camel, uri: "direct:own?block=false"}}
                notify: [{on: completed, to: own}]
                """);
        CamelContext context = context(shop.properties("backup.home", folder.toString()))) {
      new BackupModule().configure(context);
      context.start();
      MockEndpoint mock = context.getEndpoint("mock:own", MockEndpoint.class);
      mock.expectedMessageCount(1);
      mock.expectedHeaderReceived("ce_type", "io.github.camelakeeba.backup.completed.v1");

      ask(context, "shop", Map.of());

      mock.assertIsSatisfied(RunningProduct.PATIENCE.toMillis());
    }
  }

  @Test
  void a_request_gives_the_outcome() throws Exception {
    try (SampleSite shop = new SampleSite(folder, "");
        CamelContext context = context(shop.properties())) {
      new BackupModule().configure(context);
      context.start();

      Exchange answer = ask(context, "shop", Map.of());

      assertThat(json(answer).at("/data/state").asText()).isEqualTo("completed");
      assertThat(answer.getMessage().getHeaders())
          .containsEntry("backup-state", "completed")
          .containsEntry("ce_type", "io.github.camelakeeba.backup.completed.v1")
          .hasEntrySatisfying(
              "ce_source",
              source ->
                  assertThat(source.toString())
                      .matches("urn:camel-akeeba-backup:[0-9a-f-]{36}/sites/shop"));
      assertThat(shop.site().requests("startBackup")).hasSize(1);
      // no port, no file that nobody asked for
      assertThat(context.getComponentNames()).doesNotContain("servlet", "rest", "quartz");
      try (var files = Files.list(folder)) {
        assertThat(files.map(Path::getFileName).map(Path::toString)).containsExactly("sites.yaml");
      }
    }
  }

  @Test
  void the_variables_name_site_and_wait_and_a_run_that_lasts_longer_is_given_as_it_stands()
      throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (SampleSite shop = new SampleSite(folder, "");
        CamelContext context = context(shop.properties())) {
      shop.site().fault(Fault.on("stepBackup").nth(1).holdAnswer(release));
      new BackupModule().configure(context);
      context.start();

      Exchange answer = ask(context, null, Map.of("backup-site", "shop", "backup-wait", "300ms"));

      assertThat(json(answer).path("state").asText()).isIn("queued", "running");
      assertThat(answer.getMessage().getHeaders()).doesNotContainKey("ce_type");
      assertThat(answer.getMessage().getHeader("backup-state")).isIn("queued", "running");
      release.countDown();
    }
  }

  @Test
  void a_request_that_is_refused_is_an_exception_of_the_host() throws Exception {
    try (SampleSite shop = new SampleSite(folder, "");
        CamelContext context = context(shop.properties())) {
      new BackupModule().configure(context);
      context.start();

      assertThat(ask(context, "shopp", Map.of()).getException())
          .isInstanceOf(RunRefusedException.class)
          .hasMessageContaining("shopp");
      assertThat(ask(context, "shop", Map.of("backup-wait", "soon")).getException())
          .hasMessageContaining("the wait is not a duration");
      assertThatThrownBy(
              () -> context.createProducerTemplate().requestBody("direct:backup-ask", "{}"))
          .isInstanceOf(CamelExecutionException.class)
          .hasRootCauseInstanceOf(RunRefusedException.class);
      assertThat(shop.site().requests()).isEmpty();
    }
  }

  /** A backup before a deployment and one after it are two; a repeated call is not. */
  @Test
  void a_call_that_is_repeated_is_no_second_request_and_a_second_call_is_one() throws Exception {
    try (SampleSite shop = new SampleSite(folder, "");
        CamelContext context = context(shop.properties())) {
      AtomicInteger failures = new AtomicInteger(2);
      new BackupModule().configure(context);
      context.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              errorHandler(defaultErrorHandler().maximumRedeliveries(5).redeliveryDelay(10));
              from("direct:host")
                  .to("direct:backup-ask")
                  .setBody(constant("shop"))
                  .to("direct:backup-ask");
            }
          });
      context.start();
      AdviceWith.adviceWith(
          context,
          "backup-ask-outcome",
          route ->
              route
                  .weaveByToUri("direct:backup-request")
                  .after()
                  .process(
                      exchange -> {
                        if (failures.getAndDecrement() > 0) {
                          // while it was queued, any request of the site would join it
                          await()
                              .atMost(RunningProduct.PATIENCE)
                              .until(() -> !shop.site().requests("startBackup").isEmpty());
                          throw new IllegalStateException("lost after it was accepted");
                        }
                      }));

      Exchange answer =
          context
              .createProducerTemplate()
              .request("direct:host", exchange -> exchange.getMessage().setBody("shop"));

      assertThat(failures).hasNegativeValue();
      assertThat(answer.getException()).isNull();
      assertThat(answer.getMessage().getHeader("backup-state")).isEqualTo("completed");
      assertThat(shop.site().requests("startBackup")).hasSize(2);
    }
  }

  @Test
  void a_second_module_adds_nothing_and_one_that_comes_too_late_is_refused() throws Exception {
    try (SampleSite shop = new SampleSite(folder, "");
        CamelContext context = context(shop.properties());
        CamelContext late = context(shop.properties())) {
      new BackupModule().configure(context);
      new BackupModule().configure(context);
      context.start();
      assertThat(ask(context, "shop", Map.of()).getMessage().getHeader("backup-state"))
          .isEqualTo("completed");

      late.start();
      assertThatThrownBy(() -> new BackupModule().configure(late))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("camel-akeeba-backup must be configured before the Camel context starts");
    }
  }

  @Test
  void wrong_settings_are_told_by_their_keys() throws Exception {
    try (SampleSite shop = new SampleSite(folder, "")) {
      assertProblem(
          new Properties(), "backup.sites: is missing; name sites.yaml as file:… or classpath:…");
      Properties absent = shop.properties();
      absent.setProperty("backup.sites", "classpath:nowhere.yaml");
      assertProblem(absent, "backup.sites: there is no classpath:nowhere.yaml on the class path");
      Properties two = shop.properties();
      two.setProperty("backup.data", folder.toString());
      two.setProperty("backup.database.url", "jdbc:postgresql://127.0.0.1:9/none");
      assertProblem(
          two,
          "backup.data: a store in a folder and backup.database.url exclude each other; keep one");
    }
  }

  /** Problems in sites.yaml name it as the host does. */
  @Test
  void a_trigger_that_would_open_a_door_or_lacks_its_component_is_refused() throws Exception {
    String triggers =
        """
        triggers:
          - {from: "servlet:/hooks/deploy", secret: Wq4-deploy-kNz}
        """;
    try (SampleSite shop = new SampleSite(folder, triggers)) {
      assertProblem(
          shop.properties(),
          shop.properties().getProperty("backup.sites")
              + ": triggers[0].from: inside another application no call over HTTP is taken; let a"
              + " route of the application take it and send it to direct:backup-ask");
    }
    try (SampleSite shop =
        new SampleSite(folder, triggers.replace("servlet:/hooks/", "paho-mqtt5:"))) {
      assertProblem(
          shop.properties(),
          shop.properties().getProperty("backup.sites")
              + ": triggers[0].from: there is no component 'paho-mqtt5'; put its jar, and those"
              + " that it needs, on the class path");
    }
  }

  @Test
  void a_trigger_answers_a_route_of_the_host() throws Exception {
    try (SampleSite shop =
            new SampleSite(folder, "triggers:\n  - {from: 'direct:deploys', reply: outcome}\n");
        CamelContext context = context(shop.properties())) {
      new BackupModule().configure(context);
      context.start();
      // the watch starts it
      await().atMost(RunningProduct.PATIENCE).until(() -> listens(context, "direct:deploys"));

      Exchange answer =
          context
              .createProducerTemplate()
              .request("direct:deploys", exchange -> exchange.getMessage().setBody("shop"));

      assertThat(json(answer).at("/data/state").asText()).isEqualTo("completed");
      assertThat(shop.site().requests("startBackup")).hasSize(1);
    }
  }

  private static boolean listens(CamelContext context, String uri) {
    return context.getRoutes().stream()
        .filter(route -> route.getEndpoint().equals(context.getEndpoint(uri)))
        .anyMatch(
            route -> context.getRouteController().getRouteStatus(route.getRouteId()).isStarted());
  }

  private static void assertProblem(Properties properties, String sentence) throws Exception {
    try (CamelContext context = context(properties)) {
      new BackupModule().configure(context);
      assertThatThrownBy(context::start)
          .isInstanceOfSatisfying(
              ConfigurationException.class,
              e -> assertThat(e.problems()).containsExactly(sentence));
    }
  }

  @Test
  void a_run_that_a_stopping_host_leaves_goes_on_in_its_next_start() throws Exception {
    try (SampleSite shop = new SampleSite(folder, "")) {
      shop.site().stepTime(Duration.ofMillis(500));
      Properties properties = shop.properties();
      properties.setProperty("backup.data", folder.resolve("store").toString());
      Exchange left;
      try (CamelContext context = context(properties)) {
        new BackupModule().configure(context);
        context.start();
        left = ask(context, "{\"site\":\"shop\",\"id\":\"deploy-7\"}", Map.of("backup-wait", "0s"));
        await()
            .atMost(RunningProduct.PATIENCE)
            .until(() -> !shop.site().requests("startBackup").isEmpty());
      }
      shop.site().stepTime(Duration.ZERO);
      try (CamelContext context = context(properties)) {
        new BackupModule().configure(context);
        context.start();
        Exchange answer = ask(context, "{\"site\":\"shop\",\"id\":\"deploy-7\"}", Map.of());

        assertThat(json(answer).path("subject")).isEqualTo(json(left).path("id"));
        assertThat(answer.getMessage().getHeader("backup-state")).isEqualTo("completed");
        assertThat(shop.site().requests("startBackup")).hasSize(1);
      }
    }
  }

  @Test
  void a_context_that_was_stopped_does_not_start_again() throws Exception {
    try (SampleSite shop = new SampleSite(folder, "");
        CamelContext context = context(shop.properties())) {
      new BackupModule().configure(context);
      context.start();
      context.stop();
      assertThatThrownBy(context::start).hasStackTraceContaining("make a new context");
    }
  }

  @Test
  void two_contexts_of_one_jvm_have_schedules_of_their_own() throws Exception {
    String eachSecond = "    schedule: \"* * * * * ?\"\n";
    try (SampleSite one = new SampleSite(Files.createDirectory(folder.resolve("one")), eachSecond);
        SampleSite two = new SampleSite(Files.createDirectory(folder.resolve("two")), eachSecond);
        CamelContext first = context(one.properties());
        CamelContext second = context(two.properties())) {
      new BackupModule().configure(first);
      new BackupModule().configure(second);
      first.start();
      await()
          .atMost(RunningProduct.PATIENCE)
          .until(() -> !one.site().requests("startBackup").isEmpty());
      assertThat(two.site().requests()).isEmpty();
      first.stop();
      second.start();
      await()
          .atMost(RunningProduct.PATIENCE)
          .until(() -> !two.site().requests("startBackup").isEmpty());
    }
  }

  @Test
  void a_host_that_fails_to_start_leaves_no_store_open() throws Exception {
    try (SampleSite shop = new SampleSite(folder, "")) {
      Properties properties = shop.properties();
      properties.setProperty("backup.data", folder.resolve("store").toString());
      try (CamelContext broken = context(properties)) {
        new BackupModule().configure(broken);
        broken.addRoutes(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("nobody:knows").to("mock:this");
              }
            });
        assertThatThrownBy(broken::start).hasMessageContaining("nobody");
      }
      try (CamelContext context = context(properties)) {
        new BackupModule().configure(context);
        context.start();
        assertThat(ask(context, "shop", Map.of()).getMessage().getHeader("backup-state"))
            .isEqualTo("completed");
      }
    }
  }

  @Test
  void only_the_routes_that_open_no_door_are_there_and_no_bean_becomes_the_hosts_own()
      throws Exception {
    try (SampleSite shop = new SampleSite(folder, "");
        CamelContext context = context(shop.properties())) {
      new BackupModule().configure(context);
      context.start();
      assertThat(context.getRoutes())
          .extracting(Route::getId)
          .allMatch(id -> id.startsWith("backup-") || id.startsWith("akeeba-"))
          .noneMatch(id -> id.startsWith("backup-api") || id.startsWith("backup-observe"))
          .contains("backup-ask", "backup-request", "backup-run", "backup-notify-mail");
      // what Camel looks for by its type: a lone one of ours would be taken for the host's
      for (Class<?> type : List.of(ObjectMapper.class, DataSource.class, Scheduler.class)) {
        assertThat(context.getRegistry().findByType(type)).isEmpty();
      }
      assertThat(context.getRegistry().findByTypeWithName(Object.class).keySet())
          .filteredOn(name -> !name.endsWith("-variable-repository")) // Camel's
          .allMatch(name -> name.startsWith("backup-") || name.startsWith("akeeba-"));
      // Camel drops the second check of an id
      assertThat(HealthCheckRegistry.get(context).stream().map(HealthCheck::getId))
          .contains("backup-store", "backup-claim", "backup-outbox", "backup-overdue")
          .noneMatch(id -> List.of("store", "claim", "outbox", "overdue").contains(id));
    }
  }
}
