package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

@ShippedRoute("kamelets/backup-notify-sink")
class BackupNotifySinkRouteTest extends RouteTestSupport {

  @Test
  void an_event_goes_to_the_channel_of_the_kamelet() {
    startTemplate("backup-notify-sink", Map.of("channel", "ops"));

    send("backup-notify-sink", "the event");

    assertThat(received("direct:backup-tell").get(0).getVariable("backup-kamelet-channel"))
        .isEqualTo("ops");
  }
}
