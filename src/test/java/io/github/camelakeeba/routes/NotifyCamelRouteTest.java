package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.camelakeeba.outbox.Delivery;
import org.junit.jupiter.api.Test;

@ShippedRoute("notify-camel")
class NotifyCamelRouteTest extends RouteTestSupport {

  @Test
  void a_delivery_goes_to_the_endpoint_of_its_channel() {
    Delivery delivery = mock(Delivery.class);

    send("backup-notify-camel", delivery);

    assertThat(bean("backup-camel-channel").call("deliver")).containsExactly(delivery);
  }

  @Test
  void what_the_endpoint_throws_fails_the_delivery() {
    bean("backup-camel-channel").answers("deliver", new IllegalStateException("no consumer"));

    assertThat(send("backup-notify-camel", mock(Delivery.class)).getException())
        .hasMessage("no consumer");
  }
}
