package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.outbox.Delivery;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

@ShippedRoute("dispatch")
class DispatchRouteTest extends RouteTestSupport {
  private final Delivery delivery = mock(Delivery.class);

  @BeforeEach
  void a_channel() {
    startTemplate("backup-dispatch", Map.of("channel", "ops", "route", "mail"));
    when(delivery.message()).thenReturn(mock(Event.class));
    bean("backup-outbox").answers("dueDeliveries", List.of(delivery)).answers("claim", true);
  }

  @Test
  void what_is_due_goes_to_the_route_of_the_type_and_is_marked() {
    fire("backup-dispatch");

    assertStory(
        "backup-outbox.dueDeliveries",
        "backup-outbox.claim",
        "direct:backup-notify-mail",
        "backup-outbox.markDelivered");
    assertThat(bean("backup-outbox").call("dueDeliveries")).containsExactly("ops");
  }

  @Test
  void what_another_node_has_claimed_is_left_alone() {
    bean("backup-outbox").answers("claim", false);

    fire("backup-dispatch");

    assertStory("backup-outbox.dueDeliveries", "backup-outbox.claim");
  }

  @Test
  void what_fails_is_marked_with_its_reason_and_the_next_one_follows() {
    IOException refused = new IOException("refused");
    bean("backup-outbox").answers("dueDeliveries", List.of(delivery, mock(Delivery.class)));
    endpointAnswers("direct:backup-notify-mail", refused, "taken");

    fire("backup-dispatch");

    assertThat(bean("backup-outbox").call("markFailed")).containsExactly(delivery, refused);
    assertThat(bean("backup-outbox").calls("markDelivered")).hasSize(1);
    assertThat(logged()).singleElement().asString().startsWith("WARN channel ops");
  }

  @Test
  void an_error_of_the_java_machine_is_no_failed_delivery() {
    endpointAnswers("direct:backup-notify-mail", new InternalError("of the machine"));

    fire("backup-dispatch");

    assertThat(bean("backup-outbox").calls("markFailed")).isEmpty();
    assertThat(bean("backup-outbox").calls("markDelivered")).isEmpty();
  }

  @Test
  void a_store_that_is_away_leaves_the_work_for_the_next_tick() {
    bean("backup-outbox").answers("dueDeliveries", new QueryTimeoutException("no answer"));
    bean("backup-store-availability").answers("isStoreFailure", true);

    assertThat(fire("backup-dispatch").getException()).isNull();
  }
}
