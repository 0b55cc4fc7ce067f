package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ShippedRoute("observe")
class ObserveRouteTest extends RouteTestSupport {

  @ParameterizedTest
  @ValueSource(strings = {"health", "health/live", "health/ready"})
  void the_health_pages_are_read_like_those_of_the_api(String page) {
    fire("get/observe/" + page);

    assertStory("direct:backup-api-read");
  }

  @Test
  void metrics_are_text_and_no_header_of_the_request_goes_out_again() {
    bean("backup-metrics").answers("scrape", "runs 1");

    Exchange page =
        send(
            "get/observe/metrics",
            exchange -> exchange.getMessage().setHeader("Cookie", "a secret"));

    assertThat(page.getMessage().getBody()).isEqualTo("runs 1");
    assertThat(page.getMessage().getHeaders())
        .containsOnlyKeys("Content-Type")
        .containsValue("text/plain; version=0.0.4; charset=utf-8");
  }
}
