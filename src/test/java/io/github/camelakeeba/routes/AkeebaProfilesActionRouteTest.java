package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

@ShippedRoute("kamelets/akeeba-profiles-action")
class AkeebaProfilesActionRouteTest extends RouteTestSupport {

  @Test
  void the_profiles_of_the_site_are_asked_for() {
    startTemplate("akeeba-profiles-action", Map.of("site", "shop"));

    send("akeeba-profiles-action", "in");

    assertThat(received("direct:backup-query").get(0).getVariables())
        .containsEntry("backup-kamelet-query", "profiles")
        .containsEntry("backup-kamelet-site", "shop");
  }
}
