package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.trigger.Rejection;
import io.github.camelakeeba.trigger.message.InboundMessage;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

@ShippedRoute("trigger")
class TriggerRouteTest extends RouteTestSupport {
  private final InboundMessage message = mock(InboundMessage.class);

  @BeforeEach
  void a_trigger() throws Exception {
    startTemplate("backup-trigger", Map.of("trigger", "queue", "endpoint", "direct:in"));
    context.getRouteController().startRoute("backup-trigger");
    bean("backup-inbound-messages").answers("read", message);
    bean("backup-request-mapper").answers("toRequest", mock(BackupRequest.class));
  }

  private void refuse(String deadLetter) {
    Rejection rejection = mock(Rejection.class);
    when(rejection.deadLetter()).thenReturn(deadLetter);
    when(rejection.line()).thenReturn("trigger queue: refused");
    bean("backup-request-mapper").answers("toRequest", new IllegalStateException("no JSON"));
    bean("backup-rejections").answers("toRejection", rejection);
    send("backup-trigger", "in");
  }

  @Test
  void a_message_becomes_a_request_and_its_sender_is_told() {
    send("backup-trigger", "in");

    assertStory(
        "backup-inbound-messages.read",
        "backup-request-mapper.toRequest",
        "direct:backup-request",
        "direct:backup-trigger-reply",
        "backup-trigger-replies.suppressImmediateReply");
    assertThat(bean("backup-request-mapper").call("toRequest")).containsExactly(message);
  }

  @Test
  void a_message_that_is_refused_goes_to_the_dead_letter() {
    refuse("jms:queue:dead");

    assertStory(
        "backup-inbound-messages.read",
        "backup-request-mapper.toRequest",
        "backup-rejections.toRejection",
        "backup-rejections.sendDeadLetter",
        "backup-trigger-replies.replyRejected",
        "backup-trigger-replies.suppressImmediateReply");
    assertThat(logged()).containsExactly("WARN trigger queue: refused");
  }

  @Test
  void without_a_dead_letter_it_is_logged() {
    refuse(null);

    assertThat(bean("backup-rejections").calls("sendDeadLetter")).isEmpty();
    assertThat(logged()).containsExactly("WARN trigger queue: refused");
  }

  @Test
  void a_message_that_is_neither_accepted_nor_refused_fails_the_route() {
    bean("backup-rejections").answers("toRejection", new QueryTimeoutException("no answer"));
    bean("backup-request-mapper").answers("toRequest", new QueryTimeoutException("no answer"));

    assertThat(send("backup-trigger", "in").getException())
        .hasRootCauseInstanceOf(QueryTimeoutException.class);
  }

  @Test
  void an_error_of_the_java_machine_refuses_nothing() {
    bean("backup-request-mapper").answers("toRequest", new InternalError("of the machine"));

    assertThat(send("backup-trigger", "in").getException())
        .hasRootCauseInstanceOf(InternalError.class);
    assertThat(bean("backup-rejections").calls("toRejection")).isEmpty();
  }
}
