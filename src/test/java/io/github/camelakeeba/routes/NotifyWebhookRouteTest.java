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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ShippedRoute("notify-webhook")
class NotifyWebhookRouteTest extends RouteTestSupport {
  private static final String CALL = "backup-http:channel";

  private final HttpDeliveryRequest request = mock(HttpDeliveryRequest.class);

  @BeforeEach
  void an_answer() {
    Processor ok = exchange -> exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
    endpointAnswers(CALL, ok);
  }

  @ParameterizedTest
  @ValueSource(strings = {"backup-notify-webhook", "backup-notify-healthchecks"})
  void a_webhook_and_a_check_are_notified_by_a_post(String route) {
    bean("backup-http-channels").answers("toRequest", request);

    send(route, mock(Delivery.class));

    assertStory(
        "backup-http-channels.toRequest",
        "backup-http-delivery.request",
        CALL,
        "backup-http-delivery.checkAccepted");
    assertThat(bean("backup-http-delivery").call("request")).contains(request);
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
    IOException reset = new IOException("connection reset");
    endpointAnswers(CALL, reset);
    bean("backup-http-delivery").answers("checkAccepted", new IllegalStateException("HTTP 500"));

    assertThat(send("backup-http-post", request).getException()).hasMessage("HTTP 500");

    assertThat(received(CALL)).hasSize(1);
    Object[] checked = bean("backup-http-delivery").call("checkAccepted");
    assertThat(checked).contains(request);
    assertThat(((Exchange) checked[3]).getMessage().getBody()).isSameAs(reset);
  }

  @Test
  void an_answer_that_is_not_accepted_is_a_failure() {
    bean("backup-http-delivery").answers("checkAccepted", new IllegalStateException("HTTP 404"));

    Exchange rejected = send("backup-http-post", request);

    assertThat(rejected.getException()).hasMessage("HTTP 404");
    assertThat(rejected.getMessage().getHeaders()).isEmpty();
  }

  @Test
  void an_error_of_the_java_machine_is_thrown_on() {
    endpointAnswers(CALL, new InternalError("of the machine"));

    assertThat(send("backup-http-post", request).getException())
        .hasRootCauseInstanceOf(InternalError.class);
    assertThat(bean("backup-http-delivery").calls("checkAccepted")).isEmpty();
  }
}
