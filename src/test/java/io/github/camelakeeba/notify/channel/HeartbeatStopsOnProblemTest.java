package io.github.camelakeeba.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.akeeba.http.NoRetryHttp;
import io.github.camelakeeba.event.SampleBackup;
import io.github.camelakeeba.watch.LivenessProbe;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shipped heartbeat, faster than in life. */
class HeartbeatStopsOnProblemTest {
  /** Stands in for the check of the service. */
  public static final class Liveness {
    private final AtomicInteger checks = new AtomicInteger();
    private final AtomicReference<String> before = new AtomicReference<>();
    private volatile String problem;

    public LivenessProbe.Problem problem() {
      checks.incrementAndGet();
      String now = problem;
      boolean first = before.getAndSet(now) == null;
      return now == null ? null : new LivenessProbe.Problem(now, first);
    }

    public boolean isStoreFailure(Throwable cause) {
      return cause instanceof IllegalStateException;
    }
  }

  private final CamelContext context = new DefaultCamelContext();
  private final RecordingHttpServer server = new RecordingHttpServer();
  private final Liveness liveness = new Liveness();
  private final List<String> log = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws Exception {
    SampleHttpChannels.beans(
            SampleBackup.channels(SampleHttpChannels.channel("healthchecks", server.url())),
            Duration.ofSeconds(5))
        .forEach(context.getRegistry()::bind);
    context.getRegistry().bind("backup-liveness", liveness);
    context.getRegistry().bind("backup-store-availability", liveness);
    context
        .getCamelContextExtension()
        .addLogListener(
            (exchange, logger, message) -> {
              log.add(message);
              return message;
            });
    context.addComponent(NoRetryHttp.SCHEME, NoRetryHttp.component());
    for (String name : List.of("heartbeat", "notify-webhook", "error-handling")) {
      String file = "file:" + SampleBackup.PROJECT.resolve("routes/" + name + ".camel.yaml");
      PluginHelper.getRoutesLoader(context)
          .loadRoutes(ResourceHelper.resolveMandatoryResource(context, file));
    }
    TemplatedRouteBuilder.builder(context, "backup-heartbeat")
        .parameter("channel", "to")
        .parameter("every", 20)
        .add();
    context.start();
  }

  @AfterEach
  void stop() {
    context.stop();
    server.close();
  }

  @Test
  void it_pings_as_long_as_all_is_well() {
    pings(3);
    assertThat(server.requests())
        .allSatisfy(request -> assertThat(request.uri()).isEqualTo("/T0PS3CR3T-check-0123"));
    assertThat(log).isEmpty();
  }

  @Test
  void a_problem_holds_it_back_and_is_logged_once_until_it_is_over() {
    pings(1);
    liveness.problem = "the store has taken no write";
    checks(5);
    int pings = server.requests().size();
    checks(5);
    liveness.problem = "nobody looks after channel ops";
    checks(5);
    assertThat(server.requests()).hasSize(pings);
    assertThat(log)
        .containsExactly(
            "no heartbeat to channel to until this is over: the store has taken no write");
    liveness.problem = null;
    pings(pings + 1);
    liveness.problem = "again";
    checks(5);
    assertThat(log).hasSize(2);
  }

  @Test
  void a_ping_that_fails_is_one_line_and_the_next_one_goes_out() {
    server.answers(RecordingHttpServer.status(500));
    pings(3);
    assertThat(log)
        .isNotEmpty()
        .containsOnly(
            "the heartbeat did not arrive: healthchecks to: the server answered HTTP 500");
    server.answers(RecordingHttpServer.status(200));
    pings(server.requests().size() + 3);
    assertThat(log.size()).isLessThan(server.requests().size());
  }

  private void pings(int many) {
    await().atMost(Duration.ofSeconds(20)).until(() -> server.requests().size() >= many);
  }

  private void checks(int more) {
    int many = liveness.checks.get() + more;
    await().atMost(Duration.ofSeconds(20)).until(() -> liveness.checks.get() >= many);
  }
}
