package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.camelakeeba.notify.channel.HttpDeliveryRequest;
import io.github.camelakeeba.outbox.DeliveryException;
import io.github.camelakeeba.watch.LivenessProbe;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ShippedRoute("heartbeat")
class HeartbeatRouteTest extends RouteTestSupport {

  @BeforeEach
  void a_channel() {
    startTemplate("backup-heartbeat", Map.of("channel", "checks", "every", "60000"));
    bean("backup-http-channels").answers("heartbeatRequest", mock(HttpDeliveryRequest.class));
  }

  @Test
  void a_service_that_works_pings_the_check() {
    fire("backup-heartbeat");

    assertStory(
        "backup-liveness.problem",
        "backup-http-channels.heartbeatRequest",
        "direct:backup-http-post");
    assertThat(bean("backup-http-channels").call("heartbeatRequest")).containsExactly("checks");
  }

  @Test
  void a_service_that_does_not_work_is_silent_and_says_why_once() {
    bean("backup-liveness")
        .answers(
            "problem",
            new LivenessProbe.Problem("no claim for 60 s", true),
            new LivenessProbe.Problem("no claim for 60 s", false));

    fire("backup-heartbeat");
    fire("backup-heartbeat");

    assertThat(received("direct:backup-http-post")).isEmpty();
    assertThat(logged())
        .containsExactly(
            "WARN no heartbeat to channel checks until this is over: no claim for 60 s");
  }

  @Test
  void a_ping_that_does_not_arrive_is_logged() {
    endpointAnswers("direct:backup-http-post", new DeliveryException("connection refused"));

    assertThat(fire("backup-heartbeat").getException()).isNull();

    assertThat(logged()).containsExactly("WARN the heartbeat did not arrive: connection refused");
  }

  @Test
  void an_error_of_the_java_machine_is_thrown_on() {
    endpointAnswers("direct:backup-http-post", new InternalError("of the machine"));

    assertThat(fire("backup-heartbeat").getException()).hasRootCauseInstanceOf(InternalError.class);
    assertThat(logged()).isEmpty();
  }
}
