package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ShippedRoute("kamelets/akeeba-backup-event-source")
class AkeebaBackupEventSourceRouteTest extends RouteTestSupport {

  @BeforeEach
  void a_source() {
    startTemplate("akeeba-backup-event-source", Map.of("channel", "events", "sites", "shop"));
  }

  @Test
  void an_event_that_matches_goes_to_the_route_of_the_host_without_our_variables() {
    bean("backup-event-publisher").answers("matches", true);

    send("akeeba-backup-event-source", "the event");

    assertThat(received("kamelet:sink").get(0).getVariables())
        .doesNotContainKeys("backup-kamelet-states", "backup-kamelet-sites");
    assertThat(bean("backup-event-publisher").call("matches"))
        .containsExactly(null, null, "*", "shop");
  }

  @Test
  void any_other_is_dropped() {
    send("akeeba-backup-event-source", "the event");

    assertThat(received("kamelet:sink")).isEmpty();
  }
}
