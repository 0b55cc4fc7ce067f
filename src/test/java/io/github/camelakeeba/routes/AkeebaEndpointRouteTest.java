package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.OperationInput;
import io.github.camelakeeba.akeeba.client.EndpointSearch;
import io.github.camelakeeba.akeeba.http.ApiQuery;
import io.github.camelakeeba.config.ApiEndpoint;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

@ShippedRoute("akeeba-endpoint")
class AkeebaEndpointRouteTest extends RouteTestSupport {
  private final ApiEndpoint endpoint = mock(ApiEndpoint.class);
  private final EndpointSearch over = mock(EndpointSearch.class);

  private EndpointSearch open() {
    EndpointSearch open = mock(EndpointSearch.class);
    when(open.open()).thenReturn(true);
    when(open.probe()).thenReturn(mock(ApiQuery.class));
    return open;
  }

  @Test
  void a_known_endpoint_asks_nothing() {
    when(over.found()).thenReturn(endpoint);
    bean("akeeba-endpoint-cache").answers("begin", over);

    Exchange found = send("akeeba-endpoint", mock(OperationInput.class));

    assertStory("akeeba-endpoint-cache.begin");
    assertThat(found.getMessage().getBody()).isSameAs(endpoint);
  }

  @Test
  void places_are_tried_until_one_answers() {
    AkeebaException missing = new AkeebaException(ErrorKind.NOT_FOUND, "HTTP 404");
    bean("akeeba-endpoint-cache").answers("begin", open()).answers("next", open(), over);
    endpointAnswers("direct:akeeba-send", missing, "the version");

    send("akeeba-endpoint", mock(OperationInput.class));

    assertStory(
        "akeeba-endpoint-cache.begin",
        "direct:akeeba-pause",
        "direct:akeeba-send",
        "akeeba-endpoint-cache.next",
        "direct:akeeba-pause",
        "direct:akeeba-send",
        "akeeba-endpoint-cache.next");
    assertThat(bean("akeeba-endpoint-cache").calls("next").get(0)[0]).isSameAs(missing);
    assertThat(bean("akeeba-endpoint-cache").calls("next").get(1)[0]).isEqualTo("the version");
  }
}
