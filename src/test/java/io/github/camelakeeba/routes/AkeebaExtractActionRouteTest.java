package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

@ShippedRoute("kamelets/akeeba-extract-action")
class AkeebaExtractActionRouteTest extends RouteTestSupport {

  @Test
  void the_archive_is_extracted_as_the_kamelet_says() {
    startTemplate(
        "akeeba-extract-action",
        Map.of(
            "site",
            "shop",
            "record",
            "7",
            "to",
            "/srv/test",
            "only",
            "images/**",
            "except",
            "a.php",
            "maxSize",
            "5G",
            "overwrite",
            "true"));

    send("akeeba-extract-action", "in");

    Exchange asked = received("direct:backup-extract").get(0);
    assertThat(asked.getVariable("backup-kamelet-site")).isEqualTo("shop");
    assertThat(asked.getVariable("backup-kamelet-record")).isEqualTo("7");
    assertThat(asked.getVariable("backup-kamelet-to")).isEqualTo("/srv/test");
    assertThat(asked.getVariable("backup-kamelet-only")).isEqualTo("images/**");
    assertThat(asked.getVariable("backup-kamelet-except")).isEqualTo("a.php");
    assertThat(asked.getVariable("backup-kamelet-max-size")).isEqualTo("5G");
    assertThat(asked.getVariable("backup-kamelet-overwrite")).isEqualTo("true");
  }
}
