package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.camelakeeba.akeeba.SiteQuery;
import org.apache.camel.Exchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ShippedRoute("query")
class QueryRouteTest extends RouteTestSupport {

  @ParameterizedTest
  @CsvSource({
    "profiles, direct:akeeba-get-profiles",
    "backup-info, direct:akeeba-get-backup-info",
    "list-backups, direct:akeeba-list-backups"
  })
  void each_query_asks_its_operation_and_gives_json(String query, String operation) {
    bean("backup-site-queries").answers("read", mock(SiteQuery.class)).answers("toJson", "{}");

    Exchange host =
        send("backup-query", exchange -> exchange.setVariable("backup-kamelet-query", query));

    assertStory("backup-site-queries.read", operation, "backup-site-queries.toJson");
    assertThat(host.getMessage().getBody()).isEqualTo("{}");
    assertThat(host.getMessage().getHeader("Content-Type")).isEqualTo("application/json");
  }
}
