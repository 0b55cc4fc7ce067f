package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.integration.PendingOutcome;
import io.github.camelakeeba.rest.RestResponse;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.trigger.Rejection;
import io.github.camelakeeba.trigger.message.InboundMessage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

@ShippedRoute("trigger")
class TriggerRouteTest extends RouteTestSupport {
  private final InboundMessage message = mock(InboundMessage.class);
  private final RestResponse reply = RestResponse.json(202, Map.of());

  @BeforeEach
  void a_trigger_and_a_hook() throws Exception {
    startTemplate("backup-trigger", Map.of("trigger", "queue", "endpoint", "direct:in"));
    startTemplate("backup-hook", Map.of("trigger", "forge", "endpoint", "direct:call"));
    context.getRouteController().startRoute("backup-trigger");
    bean("backup-inbound-messages").answers("read", message);
    bean("backup-request-mapper").answers("toRequest", mock(BackupRequest.class));
    bean("backup-trigger-replies").answers("reply", reply);
    endpointAnswers("direct:backup-request", mock(Run.class));
    endpointAnswers("direct:backup-await-outcome", mock(PendingOutcome.class));
  }

  private Rejection refuse(String deadLetter) {
    Rejection rejection = mock(Rejection.class);
    when(rejection.deadLetter()).thenReturn(deadLetter);
    when(rejection.line()).thenReturn("trigger queue: refused");
    bean("backup-request-mapper").answers("toRequest", new IllegalStateException("no JSON"));
    bean("backup-rejections").answers("toRejection", rejection);
    send("backup-trigger", "in");
    return rejection;
  }

  @Test
  void a_message_becomes_a_request_and_its_sender_is_told() {
    send("backup-trigger", "in");

    assertStory(
        "backup-inbound-messages.read",
        "backup-request-mapper.toRequest",
        "direct:backup-request",
        "backup-trigger-replies.accept",
        "direct:backup-await-outcome",
        "backup-trigger-replies.reply",
        "backup-trigger-replies.setReply");
    assertThat(bean("backup-request-mapper").call("toRequest")).containsExactly(message);
    assertThat(bean("backup-trigger-replies").call("setReply")[1]).isSameAs(reply);
  }

  @Test
  void a_message_that_is_refused_goes_to_the_dead_letter() {
    Rejection rejection = refuse("jms:queue:dead");

    assertStory(
        "backup-inbound-messages.read",
        "backup-request-mapper.toRequest",
        "backup-rejections.toRejection",
        "backup-rejections.sendDeadLetter",
        "backup-trigger-replies.setReply");
    assertThat(bean("backup-rejections").call("sendDeadLetter")).containsExactly(rejection);
    assertThat(bean("backup-trigger-replies").call("setReply")[0]).isSameAs(rejection);
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

  /** {@code RejectionsTest} has the rest: the bean throws it on. */
  @Test
  void an_error_of_the_java_machine_refuses_nothing() {
    InternalError error = new InternalError("of the machine");
    bean("backup-request-mapper").answers("toRequest", error);
    bean("backup-rejections").answers("toRejection", error);

    assertThat(send("backup-trigger", "in").getException())
        .hasRootCauseInstanceOf(InternalError.class);
    assertThat(bean("backup-trigger-replies").calls("setReply")).isEmpty();
    assertThat(logged()).isEmpty();
  }

  @Test
  void a_call_becomes_a_request_and_is_answered() {
    send("backup-hook", "{}");

    assertStory(
        "backup-inbound-messages.read",
        "backup-request-mapper.toRequest",
        "direct:backup-request",
        "backup-trigger-replies.accept",
        "direct:backup-await-outcome",
        "backup-trigger-replies.reply",
        "direct:backup-api-reply");
    assertThat(bean("backup-inbound-messages").call("read")[0]).isEqualTo("forge");
    assertThat(received("direct:backup-api-reply").get(0).getVariable("backup-reply"))
        .isSameAs(reply);
  }

  @Test
  void no_header_of_the_call_reaches_the_request() {
    send("backup-hook", exchange -> exchange.getMessage().setHeader("X-Signature", "secret"));

    assertThat(received("direct:backup-request").get(0).getMessage().getHeaders()).isEmpty();
  }

  @Test
  void a_call_that_is_refused_is_counted_and_answered_with_the_problem() {
    bean("backup-request-mapper").answers("toRequest", new IllegalStateException("no signature"));

    assertThat(send("backup-hook", "{}").getException()).isNull();

    assertStory(
        "backup-inbound-messages.read",
        "backup-request-mapper.toRequest",
        "backup-api.problem",
        "backup-rejections.recordRejection",
        "direct:backup-api-reply");
  }

  @Test
  void an_error_of_the_java_machine_is_no_refusal() {
    bean("backup-inbound-messages").answers("read", new InternalError("of the machine"));

    send("backup-hook", "{}");

    assertStory("backup-inbound-messages.read");
  }

  @Test
  void each_trigger_is_kept_running() {
    bean("backup-triggers").answers("names", List.of("queue", "files"));

    fire("backup-trigger-watch");

    assertThat(bean("backup-triggers").calls("ensureRunning"))
        .containsExactlyInAnyOrder(new Object[] {"queue"}, new Object[] {"files"});
  }
}
