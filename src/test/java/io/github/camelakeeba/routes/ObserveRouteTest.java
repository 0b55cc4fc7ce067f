package io.github.camelakeeba.routes;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ShippedRoute("observe")
class ObserveRouteTest extends RouteTestSupport {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "observe/health",
        "observe/health/live",
        "observe/health/ready",
        "observe/metrics",
        "badge/{file}"
      })
  void its_pages_are_read_like_those_of_the_api(String page) {
    fire("get/" + page);

    assertStory("direct:backup-api-operation");
  }
}
