package io.github.camelakeeba.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.github.camelakeeba.app.cli.ChildProcess;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run, one trace, whatever happens on the way; and no secret in it. */
@Tag("process")
class RunIsTracedTest {
  private static final String HOOK = "H00KPATHS3CR3T";
  private static final String REST =
      """
      channels:
        hook: {type: slack, url: "http://127.0.0.1:9/%s"}
      notify:
        - {on: [completed, failed], to: hook}
      """
          .formatted(HOOK);

  @TempDir Path folder;

  @BeforeEach
  void remember() {
    TraceMemory.SPANS.clear();
    System.setProperty("otel.traces.exporter", "memory");
    System.setProperty("otel.bsp.schedule.delay", "50");
  }

  @AfterEach
  void forget() {
    System.clearProperty("otel.traces.exporter");
    System.clearProperty("otel.bsp.schedule.delay");
  }

  @Test
  void start_steps_recovery_verification_and_delivery_are_children_of_the_run() throws Exception {
    try (RunningProduct product = new RunningProduct(folder).property("backup.traces = true")) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(4);
      shop.fault(Fault.on("stepBackup").nth(2).answerLost());
      product.site("shop", shop.url()).yaml(REST).start();

      final Event outcome = product.backup("shop");
      await().atMost(RunningProduct.PATIENCE).until(() -> !named("deliver").isEmpty());
      await().atMost(RunningProduct.PATIENCE).until(() -> !named("backup").isEmpty());

      SpanData run = named("backup").get(0);
      assertThat(traces()).hasSize(1);
      assertThat(text(run, "backup.run")).isEqualTo(outcome.subject());
      assertThat(text(run, "backup.site")).isEqualTo("shop");
      assertThat(text(run, "backup.backupid")).isEqualTo(outcome.data().backupid());
      assertThat(text(run, "backup.state")).isEqualTo("completed");
      assertThat(run.getParentSpanContext().isValid()).isFalse();
      assertThat(children().stream().map(SpanData::getParentSpanId).distinct())
          .containsExactly(run.getSpanId());
      assertThat(named("look")).hasSize(1);
      assertThat(named("start")).hasSize(1);
      assertThat(named("step")).hasSize(4);
      assertThat(named("recover step")).hasSize(1);
      assertThat(named("verify")).hasSize(1);
      assertThat(text(named("step").get(0), "backup.domain")).isNotEmpty();
      SpanData deliver = named("deliver").get(0);
      assertThat(text(deliver, "backup.channel")).isEqualTo("hook");
      assertThat(text(deliver, "backup.channel.type")).isEqualTo("slack");
      assertThat(deliver.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
      assertThat(attributes()).doesNotContain(RunningProduct.SECRET, HOOK, "127.0.0.1:", "http");
    }
  }

  @Test
  void a_failed_run_says_its_kind_and_no_text_of_the_server() throws Exception {
    try (RunningProduct product = new RunningProduct(folder).property("backup.traces = true")) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(4);
      product.site("shop", shop.failAt(2, "no space on /home/www").url()).start();
      product.backup("shop");
      await().atMost(RunningProduct.PATIENCE).until(() -> !named("backup").isEmpty());

      SpanData run = named("backup").get(0);
      assertThat(run.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
      assertThat(text(run, "error.type")).isEqualTo("backup-error");
      assertThat(attributes()).doesNotContain("no space", RunningProduct.SECRET);
    }
  }

  @Test
  void a_restart_in_the_middle_goes_on_with_the_same_trace() throws Exception {
    try (RunningProduct product =
        new RunningProduct(folder).durable().property("backup.traces = true")) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET);
      shop.steps(20).stepTime(Duration.ofMillis(100));
      product.site("shop", shop.url()).start();
      String run = product.request("shop").id();
      await().atMost(RunningProduct.PATIENCE).until(() -> shop.requests("stepBackup").size() > 3);
      product.stop();
      int before = named("step").size();
      // what the memory holds is gone with its process
      List<SpanData> first = List.copyOf(TraceMemory.SPANS);
      TraceMemory.SPANS.clear();

      product.start();
      product.outcome(run);
      await().atMost(RunningProduct.PATIENCE).until(() -> !named("backup").isEmpty());

      assertThat(before).isPositive();
      SpanData whole = named("backup").get(0);
      assertThat(first)
          .allSatisfy(
              span -> {
                assertThat(span.getTraceId()).isEqualTo(whole.getTraceId());
                assertThat(span.getParentSpanId()).isEqualTo(whole.getSpanId());
              });
      assertThat(first.get(0).getStartEpochNanos()).isGreaterThan(whole.getStartEpochNanos());
    }
  }

  @Test
  void they_go_to_an_OTLP_endpoint_and_its_absence_is_told_once_and_delays_nothing()
      throws Exception {
    System.setProperty("otel.traces.exporter", "otlp");
    List<String> bodies = new CopyOnWriteArrayList<>();
    HttpServer catcher =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    catcher.createContext(
        "/v1/traces",
        call -> {
          bodies.add(new String(call.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
          call.sendResponseHeaders(200, -1);
          call.close();
        });
    catcher.start();
    String endpoint = "http://127.0.0.1:" + catcher.getAddress().getPort();
    try (LogLines lines = LogLines.of("io.github.camelakeeba.observe");
        RunningProduct product =
            new RunningProduct(folder)
                .property("backup.traces = true")
                .property("backup.traces.endpoint = " + endpoint)) {
      product
          .site("shop", product.server().joomla("shop").secret(RunningProduct.SECRET).url())
          .start();
      String run = product.backup("shop").subject();
      await()
          .atMost(RunningProduct.PATIENCE)
          .until(() -> String.join("", bodies).contains("verify"));
      assertThat(String.join("", bodies))
          .contains(run, "camel-akeeba-backup")
          .doesNotContain(RunningProduct.SECRET);

      catcher.stop(0);
      int sent = bodies.size();
      for (int i = 0; i < 3; i++) {
        assertThat(product.backup("shop").data().state()).isEqualTo("completed");
        await().pollDelay(Duration.ofMillis(120)).until(() -> true);
      }
      await()
          .atMost(RunningProduct.PATIENCE)
          .until(() -> !lines.containing("the traces are not accepted").isEmpty());
      assertThat(lines.containing("the traces are not accepted")).hasSize(1);
      assertThat(bodies).hasSize(sent);
    } finally {
      catcher.stop(0);
    }
  }

  @Test
  void a_setting_that_OpenTelemetry_refuses_ends_the_start_and_its_value_is_not_told() {
    System.setProperty("otel.bsp.schedule.delay", "T0KEN-n0-number");
    RunningProduct product = new RunningProduct(folder).property("backup.traces = true");
    try (product) {
      product.site("shop", product.server().joomla("shop").url());
      assertThatThrownBy(product::start)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("OpenTelemetry refuses one of its own settings")
          .satisfies(thrown -> assertThat(stack(thrown)).doesNotContain("T0KEN"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String stack(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void without_the_key_no_class_of_OpenTelemetry_is_loaded() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      product
          .site("shop", product.server().joomla("shop").secret(RunningProduct.SECRET).url())
          .configure();
      try (ChildProcess backup =
          new ChildProcess(
              folder,
              List.of("env", "JAVA_TOOL_OPTIONS=-Xlog:class+load=info:stdout"),
              "backup",
              "shop",
              "--home",
              folder.toString())) {
        assertThat(backup.code(180)).as(backup.err()).isZero();
        assertThat(backup.out())
            .contains("io.github.camelakeeba.observe.Telemetry")
            .doesNotContain(" io.opentelemetry.");
      }
    }
  }

  private static List<SpanData> named(String name) {
    return TraceMemory.SPANS.stream().filter(span -> span.getName().equals(name)).toList();
  }

  private static List<SpanData> children() {
    return TraceMemory.SPANS.stream().filter(span -> !span.getName().equals("backup")).toList();
  }

  private static Set<String> traces() {
    return TraceMemory.SPANS.stream().map(SpanData::getTraceId).collect(Collectors.toSet());
  }

  private static String text(SpanData span, String attribute) {
    return span.getAttributes().get(AttributeKey.stringKey(attribute));
  }

  private static String attributes() {
    return TraceMemory.SPANS.stream()
        .map(span -> span.getAttributes() + " " + span.getStatus() + " " + span.getEvents())
        .collect(Collectors.joining("\n"));
  }
}
