package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

@ShippedRoute("kamelets/akeeba-backup-info-action")
class AkeebaBackupInfoActionRouteTest extends RouteTestSupport {

  @Test
  void a_record_is_asked_for_with_what_the_kamelet_says() {
    startTemplate("akeeba-backup-info-action", Map.of("site", "shop", "record", "7"));

    send("akeeba-backup-info-action", "in");

    Exchange asked = received("direct:backup-query").get(0);
    assertThat(asked.getVariable("backup-kamelet-query")).isEqualTo("backup-info");
    assertThat(asked.getVariable("backup-kamelet-site")).isEqualTo("shop");
    assertThat(asked.getVariable("backup-kamelet-record")).isEqualTo("7");
  }
}
