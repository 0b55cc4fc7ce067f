package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.camelakeeba.notify.channel.HttpDeliveryRequest;
import io.github.camelakeeba.outbox.Delivery;
import org.junit.jupiter.api.Test;

@ShippedRoute("notify-chat")
class NotifyChatRouteTest extends RouteTestSupport {

  @Test
  void a_chat_is_notified_by_a_post() {
    HttpDeliveryRequest request = mock(HttpDeliveryRequest.class);
    bean("backup-http-channels").answers("toRequest", request);

    send("backup-notify-chat", mock(Delivery.class));

    assertStory("backup-http-channels.toRequest", "direct:backup-http-post");
    assertThat(received("direct:backup-http-post").get(0).getMessage().getBody()).isSameAs(request);
  }
}
