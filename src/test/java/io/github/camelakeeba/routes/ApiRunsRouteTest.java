package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.rest.RestResponse;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

@ShippedRoute("api-runs")
class ApiRunsRouteTest extends RouteTestSupport {

  @Test
  void a_stopped_run_makes_way_for_the_next() {
    fire("backup-api-stop");

    assertStory(
        "backup-run-resource.stop",
        "backup-isolated-exchanges.requestClaim",
        "direct:backup-api-reply");
  }

  @Test
  void messages_that_are_due_again_are_tried_at_once() {
    fire("backup-api-outbox-retry");

    assertStory(
        "backup-outbox-resource.retry",
        "backup-outbox.resetCircuitBreakers",
        "direct:backup-api-reply");
  }

  @Test
  void the_events_of_a_run_are_streamed_without_a_buffer() {
    bean("backup-run-event-streams")
        .answers("open", new RestResponse(200, "text/event-stream", "data: 1"));

    Exchange stream = fire("backup-api-events");

    assertThat(stream.getMessage().getBody()).isEqualTo("data: 1");
    assertThat(stream.getMessage().getHeaders())
        .containsOnly(
            Map.entry("Content-Type", "text/event-stream"), Map.entry("X-Accel-Buffering", "no"));
  }

  @Test
  void a_run_that_is_not_there_has_an_ordinary_answer() {
    bean("backup-run-event-streams").answers("open", RestResponse.json(404, Map.of()));

    fire("backup-api-events");

    assertStory("backup-run-event-streams.open", "direct:backup-api-reply");
  }
}
