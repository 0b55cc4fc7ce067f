package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.camelakeeba.integration.PendingOutcome;
import io.github.camelakeeba.rest.RestResponse;
import io.github.camelakeeba.run.BackupRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ShippedRoute("api")
class ApiRouteTest extends RouteTestSupport {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "post/api/outbox/retry",
        "post/api/reload",
        "post/api/sites/{site}/pause",
        "post/api/sites/{site}/proofs",
        "post/api/sites/{site}/resume"
      })
  void an_operation_asks_one_bean_and_what_is_read_is_negotiated(String operation) {
    RestResponse reply = RestResponse.json(200, Map.of());
    bean("backup-api-operations").answers("answer", reply);

    fire(operation);

    assertStory(
        "backup-api-representation.conditions",
        "backup-api-operations.answer",
        "direct:backup-api-reply",
        "backup-api-representation.negotiate");
    assertThat(received("direct:backup-api-reply").get(0).getVariable("backup-reply"))
        .isSameAs(reply);
  }

  @Test
  void a_stopped_run_makes_way_for_the_next() {
    fire("post/api/runs/{id}/stop");

    assertStory(
        "backup-api-representation.conditions",
        "backup-api-operations.answer",
        "direct:backup-api-reply",
        "backup-api-representation.negotiate",
        "backup-isolated-exchanges.requestClaim");
  }

  @Test
  void a_run_that_can_not_be_stopped_makes_way_for_none() {
    bean("backup-api-operations").answers("answer", new IllegalStateException("it has ended"));

    fire("post/api/runs/{id}/stop");

    assertStory(
        "backup-api-representation.conditions",
        "backup-api-operations.answer",
        "backup-api.problem",
        "direct:backup-api-reply");
  }

  @Test
  void a_request_may_be_for_one_site_or_for_many() {
    send("post/api/backups", "{}");

    assertStory("direct:backup-api-backups");
  }

  @Test
  void a_request_becomes_a_row_before_its_outcome_is_waited_for() {
    bean("backup-request-reader").answers("readCall", mock(BackupRequest.class));
    endpointAnswers("direct:backup-await-outcome", mock(PendingOutcome.class));

    send("backup-api-backup", "{}");

    assertStory(
        "backup-api.outcomeWait",
        "backup-api.requester",
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

    assertThat(send("backup-api-backup", "{}").getException()).isNull();

    assertThat(story())
        .endsWith("direct:backup-request", "backup-api.problem", "direct:backup-api-reply");
    assertThat(received("direct:backup-api-reply").get(0).getVariable("backup-reply"))
        .isSameAs(problem);
  }
}
