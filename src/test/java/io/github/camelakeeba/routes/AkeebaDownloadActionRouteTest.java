package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

@ShippedRoute("kamelets/akeeba-download-action")
class AkeebaDownloadActionRouteTest extends RouteTestSupport {

  @Test
  void the_archive_is_asked_for_with_what_the_kamelet_says() {
    startTemplate(
        "akeeba-download-action", Map.of("site", "shop", "record", "7", "to", "/srv/archives"));

    send("akeeba-download-action", "in");

    Exchange asked = received("direct:backup-download").get(0);
    assertThat(asked.getVariable("backup-kamelet-site")).isEqualTo("shop");
    assertThat(asked.getVariable("backup-kamelet-record")).isEqualTo("7");
    assertThat(asked.getVariable("backup-kamelet-to")).isEqualTo("/srv/archives");
  }
}
