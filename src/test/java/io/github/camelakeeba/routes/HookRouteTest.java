package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.camelakeeba.integration.PendingOutcome;
import io.github.camelakeeba.rest.RestResponse;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.trigger.message.InboundMessage;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ShippedRoute("hook")
class HookRouteTest extends RouteTestSupport {
  private final RestResponse reply = RestResponse.json(202, Map.of());

  @BeforeEach
  void a_trigger() {
    startTemplate("backup-hook", Map.of("trigger", "forge", "endpoint", "direct:in"));
    bean("backup-inbound-messages").answers("read", mock(InboundMessage.class));
    bean("backup-request-mapper").answers("toRequest", mock(BackupRequest.class));
    bean("backup-webhook-triggers").answers("reply", reply);
    endpointAnswers("direct:backup-await-outcome", mock(PendingOutcome.class));
  }

  @Test
  void a_call_becomes_a_request_and_is_answered() {
    send("backup-hook", "{}");

    assertStory(
        "backup-inbound-messages.read",
        "backup-request-mapper.toRequest",
        "direct:backup-request",
        "backup-webhook-triggers.accept",
        "direct:backup-await-outcome",
        "backup-webhook-triggers.reply",
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
    bean("backup-inbound-messages").answers("read", new IllegalStateException("no signature"));

    assertThat(send("backup-hook", "{}").getException()).isNull();

    assertStory(
        "backup-inbound-messages.read",
        "backup-api.problem",
        "backup-webhook-triggers.recordRejection",
        "direct:backup-api-reply");
  }

  @Test
  void an_error_of_the_java_machine_is_no_refusal() {
    bean("backup-inbound-messages").answers("read", new InternalError("of the machine"));

    send("backup-hook", "{}");

    assertStory("backup-inbound-messages.read");
  }
}
