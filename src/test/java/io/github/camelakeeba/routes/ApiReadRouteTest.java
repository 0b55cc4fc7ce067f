package io.github.camelakeeba.routes;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ShippedRoute("api-read")
class ApiReadRouteTest extends RouteTestSupport {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "get/api/summary",
        "get/api/sites",
        "get/api/sites/{site}",
        "get/api/status",
        "get/api/runs",
        "get/api/runs/{id}",
        "get/api/runs/{id}/events",
        "get/api/runs/{id}/timeline",
        "get/api/sites/{site}/days",
        "get/api/sites/{site}/proofs",
        "get/api/days",
        "get/api/outbox",
        "get/api/events",
        "get/api/archives",
        "get/api/archives/{id}",
        "get/api/archives/{id}/{file}",
        "get/api/openapi.json"
      })
  void what_is_read_is_answered_by_the_bean_of_its_operation(String operation) {
    fire(operation);

    assertStory("direct:backup-api-operation");
  }
}
