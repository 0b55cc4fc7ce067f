package io.github.camelakeeba.routes;

import org.junit.jupiter.api.Test;

@ShippedRoute("api-outbox")
class ApiOutboxRouteTest extends RouteTestSupport {

  @Test
  void messages_are_listed() {
    fire("get-outbox");

    assertStory("backup-outbox-resource.messages", "direct:backup-api-reply");
  }

  @Test
  void messages_that_are_due_again_are_tried_at_once() {
    fire("post-outbox-retry");

    assertStory(
        "backup-outbox-resource.retry",
        "backup-outbox.resetCircuitBreakers",
        "direct:backup-api-reply");
  }
}
