package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.AkeebaResponse;
import io.github.camelakeeba.akeeba.Call;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.http.ApiQuery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ShippedRoute("akeeba-send")
class AkeebaSendRouteTest extends RouteTestSupport {
  private static final String HTTP = "akeeba-http:site";
  private static final String JSON = "{\"status\":200,\"data\":[]}";

  private final AkeebaResponse answered =
      new AkeebaResponse("getProfiles", 200, null, null, JSON.getBytes(StandardCharsets.UTF_8));

  @BeforeEach
  void a_site_that_answers() {
    bean("akeeba-requests").answers("call", call());
    bean("akeeba-call-factory").answers("followRedirect", answered);
    bean("akeeba-responses").answers("read", "the answer");
  }

  private static Call call() {
    Call call = mock(Call.class);
    when(call.unanswered()).thenReturn(true);
    return call;
  }

  @Test
  void an_answer_comes_in_its_own_type() {
    Exchange sent = send("akeeba-send", mock(ApiQuery.class));

    assertStory(
        "akeeba-requests.call",
        HTTP,
        "akeeba-call-factory.followRedirect",
        "akeeba-responses.read");
    assertThat(sent.getMessage().getBody()).isEqualTo("the answer");
    assertThat(sent.getVariable("akeeba-sent")).isNull();
  }

  @Test
  void a_redirect_is_followed() {
    bean("akeeba-call-factory").answers("followRedirect", call(), answered);

    send("akeeba-send", mock(ApiQuery.class));

    assertThat(received(HTTP)).hasSize(2);
  }

  @Test
  void a_call_that_fails_is_not_repeated() {
    endpointAnswers(HTTP, new IOException("connection reset"));
    bean("akeeba-failures")
        .answers(
            "answer", new AkeebaException(ErrorKind.UNREACHABLE, "the site cut the connection"));

    Exchange sent =
        send("akeeba-send", exchange -> exchange.getMessage().setHeader("X-Akeeba-Auth", "secret"));

    assertThat(sent.getException()).hasMessageContaining("the site cut the connection");
    assertThat(sent.getMessage().getHeaders()).isEmpty();
    assertThat(received(HTTP)).hasSize(1);
    assertThat(story()).doesNotContain("akeeba-responses.read");
  }
}
