package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

@ShippedRoute("kamelets/akeeba-backup-action")
class AkeebaBackupActionRouteTest extends RouteTestSupport {

  @Test
  void the_request_is_asked_with_what_the_kamelet_says() {
    startTemplate("akeeba-backup-action", Map.of("site", "shop", "wait", "30m"));

    send("akeeba-backup-action", "in");

    Exchange asked = received("direct:backup-ask").get(0);
    assertThat(asked.getVariable("backup-kamelet-site")).isEqualTo("shop");
    assertThat(asked.getVariable("backup-kamelet-wait")).isEqualTo("30m");
    assertThat(asked.getMessage().getBody()).isEqualTo("in");
  }
}
