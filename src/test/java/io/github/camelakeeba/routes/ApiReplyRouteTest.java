package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.camelakeeba.rest.RestResponse;
import io.github.camelakeeba.trigger.message.InboundMessage;
import java.io.InputStream;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

@ShippedRoute("api-reply")
class ApiReplyRouteTest extends RouteTestSupport {

  private Exchange reply(RestResponse response) {
    return send(
        "backup-api-reply",
        exchange -> {
          exchange.getMessage().setHeader("Authorization", "Bearer secret");
          exchange.setVariable("backup-reply", response);
        });
  }

  /** The headers that go out: one without a value does not. */
  private static Map<String, Object> sent(Exchange exchange) {
    return exchange.getMessage().getHeaders().entrySet().stream()
        .filter(header -> header.getValue() != null)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Test
  void a_response_is_written_as_json_without_the_headers_of_the_request() {
    Exchange written = reply(new RestResponse(200, "application/json", Map.of("site", "shop")));

    assertThat(written.getMessage().getBody(String.class)).isEqualTo("{\"site\":\"shop\"}");
    assertThat(sent(written))
        .containsOnlyKeys("CamelHttpResponseCode", "Content-Type")
        .containsEntry("Content-Type", "application/json");
  }

  @Test
  void a_large_body_is_not_read_for_each_thing_that_is_asked_of_the_reply() {
    List<String> sites =
        new AbstractList<>() {
          @Override
          public String get(int index) {
            return "site-" + index;
          }

          @Override
          public int size() {
            return 10_000;
          }

          @Override
          public int hashCode() {
            throw new AssertionError("reads all of it");
          }
        };

    assertThat(reply(new RestResponse(200, "application/json", sites)).getException()).isNull();
  }

  @Test
  void the_headers_of_its_own_go_out() {
    Exchange written =
        reply(RestResponse.json(200, List.of()).with(Map.of("Link", "<next>", "ETag", "W/1")));

    assertThat(sent(written))
        .containsOnlyKeys("CamelHttpResponseCode", "Content-Type", "Link", "ETag")
        .containsEntry("Link", "<next>");
  }

  @Test
  void one_that_asks_to_come_again_says_when() {
    assertThat(reply(RestResponse.json(503, Map.of())).getMessage().getHeaders())
        .containsEntry("Retry-After", "5");
  }

  @Test
  void the_events_of_a_run_are_streamed_without_a_buffer() {
    InputStream events = InputStream.nullInputStream();
    Exchange stream = reply(new RestResponse(200, "text/event-stream", events));

    assertThat(stream.getMessage().getBody()).isSameAs(events);
    assertThat(sent(stream))
        .containsOnlyKeys("CamelHttpResponseCode", "Content-Type", "X-Accel-Buffering")
        .containsEntry("Content-Type", "text/event-stream")
        .containsEntry("X-Accel-Buffering", "no");
  }

  @Test
  void metrics_are_text_and_no_header_of_the_request_goes_out_again() {
    Exchange page = reply(new RestResponse(200, "text/plain; version=0.0.4", "runs 1"));

    assertThat(page.getMessage().getBody()).isEqualTo("runs 1");
    assertThat(sent(page))
        .containsOnlyKeys("CamelHttpResponseCode", "Content-Type")
        .containsEntry("Content-Type", "text/plain; version=0.0.4");
  }

  @Test
  void what_fails_is_answered_with_the_problem() throws Exception {
    bean("backup-api")
        .answers("problem", new RestResponse(500, "application/problem+json", Map.of()));

    Exchange written = fail("backup-api-errors", null, new IllegalStateException("a bug"));

    assertThat(written.getException()).isNull();
    assertThat(written.getMessage().getHeader("CamelHttpResponseCode", Integer.class))
        .isEqualTo(500);
  }

  @Test
  void the_call_of_a_trigger_that_fails_is_counted() throws Exception {
    IllegalStateException refused = new IllegalStateException("no signature");
    bean("backup-api")
        .answers("problem", new RestResponse(401, "application/problem+json", Map.of()));
    fail("backup-api-errors", null, refused, refused);
    assertThat(bean("backup-rejections").calls("recordRejection")).isEmpty();
    InboundMessage call = mock(InboundMessage.class);

    send("failing", exchange -> exchange.setVariable("backup-inbound-message", call));

    assertThat(bean("backup-rejections").call("recordRejection")).containsExactly(call, refused);
  }

  @Test
  void an_error_of_the_java_machine_is_no_answer() throws Exception {
    assertThat(fail("backup-api-errors", null, new InternalError("of the machine")).getException())
        .hasRootCauseInstanceOf(InternalError.class);

    assertThat(bean("backup-api").calls("problem")).isEmpty();
  }
}
