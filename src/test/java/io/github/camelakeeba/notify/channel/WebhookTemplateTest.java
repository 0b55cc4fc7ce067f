package io.github.camelakeeba.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.SignatureSettings;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.event.SampleBackup;
import io.github.camelakeeba.notify.text.MinimalMessages;
import io.github.camelakeeba.outbox.DeliveryException;
import io.github.camelakeeba.secret.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** A body of the user's own for a webhook. */
class WebhookTemplateTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GOOD =
      """
      {
        "title": "${type}: ${source}",
        "ok": ${(data.state!"") != "failed"},
        "bytes": ${(data.size!0)?no_esc},
        "why": "${(data.error.message)!}",
        "when": "${time}"
      }
      """;

  static final List<Arguments> BROKEN =
      List.of(
          Arguments.of("{\"a\": \"${data.site", "is no FreeMarker template: line 1: "),
          Arguments.of(
              "{\n\"a\": \"${data.archive}\"}",
              "is a template that does not work for the kind 'started': line 2: data.archive is not there; "
                  + "write ${(data.archive)!\"\"} where it may be missing"),
          Arguments.of(
              "{\"a\": \"${(data.error)!}\"}",
              "is a template that does not work for the kind 'failed': line 1: "),
          Arguments.of(
              "{\"a\": ${subject}}",
              "is a template that does not work for the kind 'started': makes no JSON: line 1 of it: "),
          Arguments.of(
              "plain ${subject}",
              "is a template that does not work for the kind 'started': makes no JSON: line 1 of it: "),
          Arguments.of(
              "", "is a template that does not work for the kind 'started': makes no JSON"),
          Arguments.of(
              "{\"a\": \"${data.description?no_esc}\"}",
              "is a template that does not work for the kind 'started': makes no JSON: line 1 of it: "),
          Arguments.of(
              "<#include \"other.ftl\">",
              "is a template that does not work for the kind 'started': line 1: "),
          Arguments.of(
              "{\"a\": \"${'freemarker.template.utility.Execute'?new()('id')}\"}",
              "is a template that does not work for the kind 'started': line 1: "));

  @TempDir Path folder;

  @ParameterizedTest
  @FieldSource("BROKEN")
  void what_is_wrong_with_a_template_is_said_in_a_sentence(String text, String sentence)
      throws Exception {
    Path file = write(text);
    assertThat(WebhookTemplate.templateError(file)).startsWith(sentence).doesNotContain("\n");
    assertThatThrownBy(
            () ->
                SampleHttpChannels.beans(
                    channels("http://127.0.0.1:1/in", file), Duration.ofSeconds(30)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("config/sites.yaml: channels.to.template: " + sentence);
  }

  @Test
  void the_body_is_what_the_template_makes_of_every_kind_of_message() throws Exception {
    Path file = write(GOOD);
    assertThat(WebhookTemplate.templateError(file)).isNull();
    try (RecordingHttpServer server = new RecordingHttpServer();
        ShippedRoute route = route(server, file)) {
      for (Notification message : MinimalMessages.BY_KIND.values()) {
        assertThat(route.send(SampleHttpChannels.delivery(message)).getException()).isNull();
        JsonNode body = last(server);
        assertThat(body.path("title").asText()).isEqualTo(message.type() + ": " + message.source());
      }
      assertThat(
              route
                  .send(SampleHttpChannels.delivery(SampleBackup.failed("a \"b\"\n\\c🚀")))
                  .getException())
          .isNull();
      assertThat(last(server).path("why").asText()).isEqualTo("a \"b\"\n\\c🚀");
      assertThat(last(server).path("bytes").asLong()).isEqualTo(2_621_440);
      assertThat(last(server).path("ok").asBoolean(true)).isFalse();
      assertThat(server.requests().get(0).headers().get("content-type"))
          .isEqualTo("application/json; charset=UTF-8");
    }
  }

  @Test
  void a_body_that_is_no_json_fails_the_delivery_in_a_sentence() throws Exception {
    Path file = write("{\"run\": ${((data.description!'') == 'odd')?then('}', '1')?no_esc}}");
    assertThat(WebhookTemplate.templateError(file)).isNull();
    Event odd =
        new EventJson()
            .read(
                new EventJson()
                    .write(SampleBackup.completed())
                    .replace("Nightly backup of shop", "odd"));
    try (RecordingHttpServer server = new RecordingHttpServer();
        ShippedRoute route = route(server, file)) {
      assertThat(route.send(SampleHttpChannels.delivery(odd)).getException())
          .isInstanceOf(DeliveryException.class)
          .hasMessageStartingWith(
              "webhook to: its template does not work: makes no JSON: line 1 of it: ");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void without_a_template_every_kind_of_message_is_a_cloud_event() throws Exception {
    try (RecordingHttpServer server = new RecordingHttpServer();
        ShippedRoute route = route(server, null)) {
      for (Notification message : MinimalMessages.BY_KIND.values()) {
        assertThat(route.send(SampleHttpChannels.delivery(message)).getException()).isNull();
        JsonNode body = last(server);
        assertThat(body.path("specversion").asText()).isEqualTo("1.0");
        assertThat(body.path("id").asText()).isEqualTo(message.id());
        assertThat(body.path("type").asText()).isEqualTo(message.type());
        assertThat(body.path("data").isObject()).isTrue();
      }
      assertThat(server.requests().get(0).headers().get("content-type"))
          .isEqualTo("application/cloudevents+json; charset=UTF-8");
    }
  }

  private static JsonNode last(RecordingHttpServer server) throws Exception {
    return JSON.readTree(server.requests().get(server.requests().size() - 1).body());
  }

  private static ShippedRoute route(RecordingHttpServer server, Path template) throws Exception {
    return new ShippedRoute(
        "notify-webhook",
        SampleHttpChannels.beans(channels(server.url() + "/in", template), Duration.ofSeconds(30)));
  }

  private static Map<String, Channel> channels(String url, Path template) {
    return SampleBackup.channels(
        new Channel.Webhook("to", new Secret(url), SignatureSettings.NONE, Map.of(), template));
  }

  private Path write(String text) throws Exception {
    return Files.writeString(folder.resolve("erp.ftlj"), text);
  }
}
