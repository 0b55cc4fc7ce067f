package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.camelakeeba.integration.PendingOutcome;
import io.github.camelakeeba.rest.RestResponse;
import io.github.camelakeeba.run.BackupRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ShippedRoute("api")
class ApiRouteTest extends RouteTestSupport {

  @ParameterizedTest
  @ValueSource(
      strings = {"sites", "sites/{site}", "status", "runs", "runs/{id}", "outbox", "openapi.json"})
  void operations_that_only_read_ask_one_bean(String path) {
    RestResponse reply = RestResponse.json(200, Map.of());
    bean("backup-read-operations").answers("read", reply);

    fire("get/api/" + path);

    assertStory("backup-read-operations.read", "direct:backup-api-reply");
    assertThat(received("direct:backup-api-reply").get(0).getVariable("backup-reply"))
        .isSameAs(reply);
  }

  @ParameterizedTest
  @CsvSource({
    "post/api/runs/{id}/stop, direct:backup-api-stop",
    "post/api/outbox/retry, direct:backup-api-outbox-retry",
    "get/api/runs/{id}/events, direct:backup-api-events"
  })
  void the_others_have_routes_of_their_own(String operation, String route) {
    fire(operation);

    assertStory(route);
  }

  @Test
  void a_request_becomes_a_row_before_its_outcome_is_waited_for() {
    bean("backup-request-reader").answers("readCall", mock(BackupRequest.class));
    endpointAnswers("direct:backup-await-outcome", mock(PendingOutcome.class));

    send("post/api/backups", "{}");

    assertStory(
        "backup-api.outcomeWait",
        "backup-request-reader.readCall",
        "direct:backup-request",
        "direct:backup-await-outcome",
        "backup-api.reply",
        "direct:backup-api-reply");
  }

  @Test
  void a_request_that_is_refused_is_answered_with_the_problem() {
    RestResponse problem = RestResponse.json(409, Map.of());
    endpointAnswers("direct:backup-request", new IllegalStateException("busy"));
    bean("backup-api").answers("problem", problem);

    assertThat(send("post/api/backups", "{}").getException()).isNull();

    assertThat(story())
        .endsWith("direct:backup-request", "backup-api.problem", "direct:backup-api-reply");
    assertThat(received("direct:backup-api-reply").get(0).getVariable("backup-reply"))
        .isSameAs(problem);
  }
}
