package io.github.camelakeeba.routes;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ShippedRoute("observe")
class ObserveRouteTest extends RouteTestSupport {

  @ParameterizedTest
  @ValueSource(strings = {"health", "health/live", "health/ready", "metrics"})
  void its_pages_are_read_like_those_of_the_api(String page) {
    fire("get/observe/" + page);

    assertStory("direct:backup-api-operation");
  }
}
