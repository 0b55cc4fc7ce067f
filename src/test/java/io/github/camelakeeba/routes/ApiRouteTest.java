package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.camelakeeba.rest.RestResponse;
import io.github.camelakeeba.run.BackupRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ShippedRoute("api")
class ApiRouteTest extends RouteTestSupport {
  private final RestResponse reply = RestResponse.json(200, Map.of());

  @ParameterizedTest
  @CsvSource({"get-sites, sites", "get-status, status", "get-site, site"})
  void each_page_has_its_question(String operation, String question) {
    bean("backup-api").answers(question, reply);

    fire(operation);

    assertStory("backup-api." + question, "direct:backup-api-reply");
    assertThat(received("direct:backup-api-reply").get(0).getVariable("backup-reply"))
        .isSameAs(reply);
  }

  @Test
  void the_document_is_made_elsewhere() {
    fire("get-openapi");

    assertStory("direct:backup-api-document");
  }

  @Test
  void a_request_becomes_a_row_before_its_outcome_is_waited_for() {
    bean("backup-request-reader").answers("readCall", mock(BackupRequest.class));

    send("post-backup", "{}");

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

    assertThat(send("post-backup", "{}").getException()).isNull();

    assertThat(story())
        .endsWith("direct:backup-request", "backup-api.problem", "direct:backup-api-reply");
    assertThat(received("direct:backup-api-reply").get(0).getVariable("backup-reply"))
        .isSameAs(problem);
  }
}
