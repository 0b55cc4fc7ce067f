package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.camelakeeba.notify.channel.HttpDeliveryRequest;
import io.github.camelakeeba.outbox.Delivery;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ShippedRoute("notify-webhook")
class NotifyWebhookRouteTest extends RouteTestSupport {
  private static final String CALL = "backup-http:channel";

  private final HttpDeliveryRequest request = mock(HttpDeliveryRequest.class);

  @BeforeEach
  void an_answer() {
    Processor ok = exchange -> exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
    endpointAnswers(CALL, ok);
  }

  @Test
  void a_webhook_is_told_by_a_post() {
    bean("backup-webhook-channel").answers("toRequest", request);

    send("backup-notify-webhook", mock(Delivery.class));

    assertStory(
        "backup-webhook-channel.toRequest",
        "backup-http-delivery.request",
        CALL,
        "backup-http-delivery.checkAccepted");
  }

  @Test
  void a_check_is_told_by_a_post() {
    bean("backup-healthchecks-channel").answers("toRequest", request);

    send("backup-notify-healthchecks", mock(Delivery.class));

    assertThat(story()).startsWith("backup-healthchecks-channel.toRequest").contains(CALL);
  }

  @Test
  void what_is_posted_has_no_header_but_those_of_the_call_and_none_comes_back() {
    byte[] json = {'{', '}'};
    bean("backup-http-delivery").answers("request", json);

    Exchange posted =
        send(
            "backup-http-post",
            exchange -> {
              exchange.getMessage().setHeader("CamelHttpUri", "http://elsewhere.example.com");
              exchange.getMessage().setBody(request);
            });

    assertThat(received(CALL).get(0).getMessage().getHeaders()).isEmpty();
    assertThat(received(CALL).get(0).getMessage().getBody()).isEqualTo(json);
    assertThat(posted.getMessage().getHeaders()).isEmpty();
  }

  @Test
  void a_call_that_fails_tells_the_reason_and_is_not_repeated() {
    endpointAnswers(CALL, new IOException("connection reset"));
    bean("backup-http-delivery").answers("failWithReason", new IllegalStateException("HTTP 500"));

    assertThat(send("backup-http-post", request).getException()).hasMessage("HTTP 500");

    assertThat(received(CALL)).hasSize(1);
    assertThat(bean("backup-http-delivery").call("failWithReason")).contains(request);
  }

  @Test
  void an_answer_that_is_not_accepted_is_a_failure() {
    bean("backup-http-delivery").answers("checkAccepted", new IllegalStateException("HTTP 404"));

    send("backup-http-post", request);

    assertThat(story()).endsWith("backup-http-delivery.failWithReason");
  }

  @Test
  void an_error_of_the_java_machine_is_thrown_on() {
    endpointAnswers(CALL, new InternalError("of the machine"));

    assertThat(send("backup-http-post", request).getException())
        .hasRootCauseInstanceOf(InternalError.class);
    assertThat(bean("backup-http-delivery").calls("failWithReason")).isEmpty();
  }
}
