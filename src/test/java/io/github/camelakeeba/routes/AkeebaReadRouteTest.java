package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.client.ReadRetry;
import io.github.camelakeeba.akeeba.http.ApiQuery;
import io.github.camelakeeba.config.ApiEndpoint;
import io.github.camelakeeba.config.Site;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

@ShippedRoute("akeeba-read")
class AkeebaReadRouteTest extends RouteTestSupport {
  private final ApiEndpoint endpoint = mock(ApiEndpoint.class);
  private final ApiQuery question = mock(ApiQuery.class);
  private final AkeebaException lost = new AkeebaException(ErrorKind.TIMEOUT, "no answer");

  private Exchange read(ApiEndpoint known) {
    Site site = mock(Site.class);
    when(site.name()).thenReturn("shop");
    when(question.siteName()).thenReturn("shop");
    return send(
        "akeeba-read",
        exchange -> {
          exchange.setVariable("akeeba-site", site);
          exchange.setVariable("akeeba-endpoint", known);
          exchange.getMessage().setBody(question);
        });
  }

  @Test
  void a_known_endpoint_is_asked_at_once() {
    endpointAnswers("direct:akeeba-send", "the answer");

    assertThat(read(endpoint).getMessage().getBody()).isEqualTo("the answer");

    assertStory("direct:akeeba-send");
  }

  @Test
  void an_unknown_one_is_found_first() {
    endpointAnswers("direct:akeeba-endpoint", endpoint);
    endpointAnswers("direct:akeeba-send", "the answer");

    read(null);

    assertStory("direct:akeeba-endpoint", "direct:akeeba-send");
  }

  @Test
  void a_question_without_an_answer_is_asked_again_after_a_pause() {
    endpointAnswers("direct:akeeba-send", lost, "the answer");
    bean("akeeba-read-retries").answers("next", new ReadRetry(1, 1, endpoint));

    assertThat(read(endpoint).getMessage().getBody()).isEqualTo("the answer");

    assertStory(
        "direct:akeeba-send",
        "akeeba-read-retries.next",
        "akeeba-delay.await",
        "direct:akeeba-send");
    assertThat(received("direct:akeeba-send"))
        .allSatisfy(sent -> assertThat(sent.getMessage().getBody()).isSameAs(question));
  }

  @Test
  void the_policy_ends_it() {
    endpointAnswers("direct:akeeba-send", lost);
    bean("akeeba-read-retries").answers("next", lost);

    assertThat(read(endpoint).getException()).isNotNull();

    assertThat(received("direct:akeeba-send")).hasSize(1);
  }

  @Test
  void a_run_that_has_no_time_left_waits_no_longer() {
    endpointAnswers("direct:akeeba-send", lost);
    bean("akeeba-read-retries").answers("next", new ReadRetry(1, 1, endpoint));
    bean("akeeba-delay").answers("await", new AkeebaException(ErrorKind.TIMEOUT, "too long"));

    assertThat(read(endpoint).getException()).hasMessage("too long");
  }
}
