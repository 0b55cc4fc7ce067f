package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

@ShippedRoute("kamelets/akeeba-list-backups-action")
class AkeebaListBackupsActionRouteTest extends RouteTestSupport {

  @Test
  void a_page_is_asked_for_with_what_the_kamelet_says() {
    startTemplate(
        "akeeba-list-backups-action", Map.of("site", "shop", "from", "50", "limit", "10"));

    send("akeeba-list-backups-action", "in");

    assertThat(received("direct:backup-query").get(0).getVariables())
        .containsEntry("backup-kamelet-site", "shop")
        .containsValues("50", "10");
  }
}
