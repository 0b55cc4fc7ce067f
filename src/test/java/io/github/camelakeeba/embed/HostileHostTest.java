package io.github.camelakeeba.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.Fault;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.DeadLetterChannelBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.Scheduler;

/** A host whose own settings would repeat calls, swallow errors, or take our parts for its own. */
@Tag("fault")
class HostileHostTest {
  @TempDir Path folder;

  private final Set<String> touched = ConcurrentHashMap.newKeySet();
  private SampleSite shop;
  private CamelContext context;

  @BeforeEach
  void start_a_host_that_repeats_everything() throws Exception {
    shop = new SampleSite(folder, "    schedule: \"0 0 3 1 1 ?\"\n");
    shop.site().steps(4);
    context = new DefaultCamelContext();
    Properties properties = shop.properties();
    context.getPropertiesComponent().setInitialProperties(properties);
    DeadLetterChannelBuilder repeat = new DeadLetterChannelBuilder("mock:dead");
    repeat.maximumRedeliveries(5).redeliveryDelay(10);
    context.getCamelContextExtension().setErrorHandlerFactory(repeat);
    context.setStreamCaching(true);
    context.setTracing(true);
    context.setMessageHistory(true);
    for (String scheme : new String[] {"http", "https"}) {
      HttpComponent http = context.getComponent(scheme, HttpComponent.class);
      http.setFollowRedirects(true);
      http.setResponsePayloadStreamingThreshold(-1);
      http.setProxyHost("127.0.0.1");
      http.setProxyPort(9);
    }
    context.getRegistry().bind("scheduler", scheduler());
    context.addRoutes(
        new RouteConfigurationBuilder() {
          @Override
          public void configuration() {
            routeConfiguration()
                .onException(Exception.class)
                .maximumRedeliveries(5)
                .redeliveryDelay(10)
                .handled(true)
                .to("mock:swallowed");
          }
        });
    new BackupModule().configure(context);
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:host").routeId("host").to("direct:backup-ask");
          }
        });
    context.start();
  }

  @AfterEach
  void stop() throws Exception {
    context.close();
    shop.close();
  }

  /** Of the host: nothing of ours may be put into it. */
  private Scheduler scheduler() {
    return (Scheduler)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Scheduler.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "hashCode":
                  return System.identityHashCode(proxy);
                case "equals":
                  return proxy == arguments[0];
                case "toString":
                  return "the host's scheduler";
                default:
                  touched.add(method.getName());
                  return null;
              }
            });
  }

  private Exchange ask(String uri) {
    return context
        .createProducerTemplate()
        .request(uri, exchange -> exchange.getMessage().setBody("shop"));
  }

  private int calls(String method) {
    return Collections.frequency(shop.methods(), method);
  }

  private void nothing_of_ours_reached_the_hosts_error_handling() throws Exception {
    assertThat(context.getEndpoint("mock:dead", MockEndpoint.class).getReceivedExchanges())
        .isEmpty();
    assertThat(context.getEndpoint("mock:swallowed", MockEndpoint.class).getReceivedExchanges())
        .isEmpty();
  }

  @Test
  void each_call_is_sent_once_and_the_hosts_scheduler_is_left_alone() throws Exception {
    Exchange answer = ask("direct:host");

    assertThat(answer.getMessage().getHeader("backup-state")).isEqualTo("completed");
    assertThat(calls("startBackup")).isEqualTo(1);
    assertThat(calls("stepBackup")).isEqualTo(4);
    assertThat(touched).isEmpty();
    nothing_of_ours_reached_the_hosts_error_handling();
  }

  @Test
  void a_step_whose_answer_is_lost_is_looked_for_and_not_sent_again() throws Exception {
    shop.site().fault(Fault.on("stepBackup").nth(2).answerLost());

    assertThat(ask("direct:host").getMessage().getHeader("backup-state")).isEqualTo("completed");
    assertThat(calls("startBackup")).isEqualTo(1);
    assertThat(calls("stepBackup")).isEqualTo(4);
    nothing_of_ours_reached_the_hosts_error_handling();
  }

  /** After a look, as in the program; without one in between it would be a repetition. */
  @Test
  void a_start_that_fails_is_not_sent_again_without_a_look() throws Exception {
    shop.site().fault(Fault.on("startBackup").always().html503());

    assertThat(ask("direct:host").getMessage().getHeader("backup-state")).isEqualTo("failed");
    assertThat(String.join(" ", shop.methods()))
        .contains("startBackup listBackups")
        .doesNotContain("startBackup startBackup");
    nothing_of_ours_reached_the_hosts_error_handling();
  }

  @Test
  void a_refused_request_is_the_hosts_to_handle_and_starts_nothing() throws Exception {
    Exchange answer =
        context
            .createProducerTemplate()
            .request("direct:host", exchange -> exchange.getMessage().setBody("shopp"));

    assertThat(answer.getException()).isNull();
    MockEndpoint swallowed = context.getEndpoint("mock:swallowed", MockEndpoint.class);
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(() -> swallowed.getReceivedExchanges().size() == 1);
    assertThat(shop.site().requests()).isEmpty();
  }
}
