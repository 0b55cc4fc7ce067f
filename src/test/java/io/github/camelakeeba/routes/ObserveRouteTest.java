package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.rest.RestResponse;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ShippedRoute("observe")
class ObserveRouteTest extends RouteTestSupport {

  @ParameterizedTest
  @CsvSource({"get-health, all", "get-live, live", "get-ready, ready"})
  void each_page_asks_its_checks(String operation, String checks) {
    RestResponse up = RestResponse.json(200, Map.of("status", "UP"));
    bean("backup-health").answers(checks, up);

    fire(operation);

    assertStory("backup-health." + checks, "direct:backup-api-reply");
    assertThat(received("direct:backup-api-reply").get(0).getVariable("backup-reply"))
        .isEqualTo(up);
  }

  @Test
  void metrics_are_text_and_no_header_of_the_request_goes_out_again() {
    bean("backup-metrics").answers("scrape", "runs 1");

    Exchange page =
        send("get-metrics", exchange -> exchange.getMessage().setHeader("Cookie", "a secret"));

    assertThat(page.getMessage().getBody()).isEqualTo("runs 1");
    assertThat(page.getMessage().getHeaders())
        .containsOnlyKeys("Content-Type")
        .containsValue("text/plain; version=0.0.4; charset=utf-8");
  }
}
