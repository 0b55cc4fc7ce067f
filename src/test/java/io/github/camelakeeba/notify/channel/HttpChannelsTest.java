package io.github.camelakeeba.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.event.SampleBackup;
import io.github.camelakeeba.outbox.Delivery;
import io.github.camelakeeba.outbox.DeliveryException;
import io.github.camelakeeba.secret.SecretMasker;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every channel that speaks HTTP, by its shipped route, against servers good and bad. */
@Tag("slow")
@Timeout(30)
class HttpChannelsTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  /** As short as it may be where a busy machine must give a status in it. */
  private static final Duration ENOUGH_FOR_A_STATUS = Duration.ofMillis(800);

  private static final Duration LONG = Duration.ofSeconds(30);
  static final List<String> TYPES = SampleHttpChannels.TYPES;

  private final RecordingHttpServer server = new RecordingHttpServer();
  private ShippedRoute route;

  @AfterEach
  void stop() {
    server.close();
    if (route != null) {
      route.close();
    }
  }

  @ParameterizedTest
  @FieldSource("TYPES")
  void a_message_is_posted_once_with_no_foreign_header_and_no_cookie(String type) throws Exception {
    start(type, LONG);
    server.answers(RecordingHttpServer.text(200, "ok", "Set-Cookie: a=b"));
    assertThat(send(SampleBackup.completed()).getException()).isNull();
    assertThat(send(SampleBackup.completed()).getException()).isNull();
    assertThat(server.requests()).hasSize(2);
    for (RecordingHttpServer.Request request : server.requests()) {
      assertThat(request.method()).isEqualTo("POST");
      assertThat(request.headers().get("user-agent")).isEqualTo("camel-akeeba-backup");
      assertThat(request.headers().keySet())
          .isSubsetOf(
              "host",
              "content-type",
              "content-length",
              "user-agent",
              "connection",
              "authorization",
              "x-api-key",
              "x-backup-signature",
              "webhook-id",
              "webhook-timestamp",
              "webhook-signature");
    }
  }

  @ParameterizedTest
  @FieldSource("TYPES")
  void only_2xx_is_delivered(String type) throws Exception {
    start(type, LONG);
    server.answers(RecordingHttpServer.status(410));
    assertThat((DeliveryException) send(SampleBackup.completed()).getException())
        .hasMessageEndingWith("HTTP 410; nothing is taken at this address any more")
        .satisfies(gone -> assertThat(gone.permanent()).isTrue());
    for (int status : List.of(500, 400, 404, 429, 503)) {
      server.answers(RecordingHttpServer.text(status, "no\nsuch\tluck"));
      refused(type, "the server answered HTTP " + status + ": no such luck");
    }
    for (int status : List.of(200, 201, 202, 204)) {
      server.answers(RecordingHttpServer.status(status));
      assertThat(send(SampleBackup.failed("disk full")).getException()).as("%s", status).isNull();
    }
    assertThat(server.requests()).hasSize(10);
  }

  @ParameterizedTest
  @FieldSource("TYPES")
  void a_redirect_is_not_followed(String type) throws Exception {
    start(type, LONG);
    for (int status : List.of(301, 302, 307, 308)) {
      server.answers(
          RecordingHttpServer.status(status, "Location: " + server.url() + "/elsewhere"));
      refused(type, "the server answered HTTP " + status + " (redirects are not followed)");
    }
    assertThat(server.requests()).hasSize(4);
  }

  @ParameterizedTest
  @FieldSource("TYPES")
  void a_server_that_hangs_or_trickles_headers_holds_nobody_longer_than_the_limit(String type)
      throws Exception {
    start(type, SHORT);
    server.answers(server.hang());
    refused(type, "no answer within 300ms");
    server.answers(server.trickle("HTTP/1.1 200 OK\r\n", "X-More: and more\r\n"));
    refused(type, "no answer within 300ms");
    server.answers(server.trickle("", "H"));
    refused(type, "no answer within 300ms");
  }

  @ParameterizedTest
  @FieldSource("TYPES")
  void a_status_counts_although_the_body_behind_it_trickles_breaks_off_or_never_ends(String type)
      throws Exception {
    start(type, ENOUGH_FOR_A_STATUS);
    String endless = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    server.answers(server.trickle(endless, "1\r\nx\r\n"));
    assertThat(send(SampleBackup.completed()).getException()).isNull();
    server.answers(server.trickle(endless, "4000\r\n" + "x".repeat(0x4000) + "\r\n"));
    assertThat(send(SampleBackup.completed()).getException()).isNull();
    server.answers(
        (socket, out) -> {
          RecordingHttpServer.raw("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nx")
              .answer(socket, out);
          socket.close();
        });
    assertThat(send(SampleBackup.completed()).getException()).isNull();
    server.answers(server.trickle(endless.replace("200", "500"), "1\r\nx\r\n"));
    assertThat(send(SampleBackup.completed()).getException()).hasMessageContaining("HTTP 500");
  }

  @ParameterizedTest
  @FieldSource("TYPES")
  void a_broken_connection_and_junk_fail_in_a_sentence_and_nothing_is_repeated(String type)
      throws Exception {
    start(type, LONG);
    server.answers(RecordingHttpServer.reset());
    refused(type, "the server broke the connection off");
    server.answers((socket, out) -> socket.close());
    refused(type, "the server broke the connection off");
    server.answers(
        (socket, out) -> {
          RecordingHttpServer.raw("SSH-2.0-OpenSSH_9.6\r\n" + "junk\r\n".repeat(9))
              .answer(socket, out);
          socket.close();
        });
    refused(type, "the server's answer is no HTTP");
    assertThat(server.requests()).hasSize(3);
  }

  @ParameterizedTest
  @FieldSource("TYPES")
  void nobody_at_the_address_fails_in_a_sentence(String type) throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    route =
        SampleHttpChannels.route(
            SampleHttpChannels.channel(type, "http://127.0.0.1:" + free), LONG);
    refused(type, "connection refused");
    route.close();
    route = SampleHttpChannels.route(SampleHttpChannels.channel(type, "http://host.invalid"), LONG);
    refused(type, "the host is unknown");
    route.close();
    server.answers(RecordingHttpServer.reset());
    route =
        SampleHttpChannels.route(
            SampleHttpChannels.channel(type, server.url().replace("http://", "https://")), SHORT);
    assertThat(send(SampleBackup.completed()).getException())
        .isInstanceOf(DeliveryException.class)
        .hasMessageStartingWith(type + " to: ");
  }

  @ParameterizedTest
  @FieldSource("TYPES")
  void what_a_server_says_of_a_refusal_is_told_short_clean_and_masked(String type)
      throws Exception {
    start(type, LONG);
    server.answers(
        (socket, out) -> {
          String uri = server.requests().get(server.requests().size() - 1).uri();
          RecordingHttpServer.text(400, "bad \u202e\0 " + uri + " " + "y".repeat(500))
              .answer(socket, out);
        });
    Exchange exchange = send(SampleBackup.completed());
    assertThat(exchange.getException())
        .hasMessageContaining("HTTP 400: bad ")
        .message()
        .hasSizeLessThan(260)
        .doesNotContain("\u202e", "\0", SampleHttpChannels.MARK);
    assertNothingTold(exchange);
    server.answers(RecordingHttpServer.text(502, "<html><h1>Bad gateway</h1></html>"));
    refused(type, "the server answered HTTP 502");
  }

  @ParameterizedTest
  @FieldSource("TYPES")
  void a_pause_that_the_server_asks_for_goes_with_the_failure(String type) throws Exception {
    start(type, LONG);
    assertThat(pause(RecordingHttpServer.status(429, "Retry-After: 17")))
        .isEqualTo(Duration.ofSeconds(17));
    assertThat(pause(RecordingHttpServer.status(503, "Retry-After: Sun, 22 Nov 2026 00:32:03 GMT")))
        .isBetween(Duration.ofSeconds(119), Duration.ofSeconds(120));
    assertThat(pause(RecordingHttpServer.status(429, "Retry-After: 999999999")))
        .isEqualTo(Duration.ofHours(1));
    assertThat(pause(RecordingHttpServer.status(429, "Retry-After: 99999999999")))
        .isEqualTo(Duration.ofHours(1));
    assertThat(pause(RecordingHttpServer.status(429, "Retry-After: " + "9".repeat(400))))
        .isEqualTo(Duration.ofHours(1));
    assertThat(pause(RecordingHttpServer.status(429, "Retry-After: soon"))).isNull();
    assertThat(pause(RecordingHttpServer.status(500, "Retry-After: 17"))).isNull();
    assertThat(
            pause(
                RecordingHttpServer.text(
                    429, "{\"ok\":false,\"parameters\":{\"retry_after\":41}}")))
        .isEqualTo(Duration.ofSeconds(42));
  }

  @ParameterizedTest
  @ValueSource(strings = {"webhook", "healthchecks", "ntfy"})
  void user_information_in_the_address_becomes_a_basic_login(String type) throws Exception {
    String url = server.url().replace("://", "://zo%C3%AB:p%40ss@");
    var channel = SampleHttpChannels.channel(type, url);
    if (channel instanceof io.github.camelakeeba.config.Channel.Chat chat) {
      channel = new io.github.camelakeeba.config.Channel.Chat("to", type, chat.url(), null, null);
    }
    route = SampleHttpChannels.route(channel, LONG);
    assertThat(send(SampleBackup.completed()).getException()).isNull();
    assertThat(server.only().headers().get("authorization"))
        .isEqualTo("Basic " + base64("zoë:p@ss"));
    assertThat(SecretMasker.mask("Basic " + base64("zoë:p@ss"))).isEqualTo("Basic ***");
  }

  @ParameterizedTest
  @FieldSource("TYPES")
  void a_channel_that_is_gone_fails_in_a_sentence(String type) throws Exception {
    start(type, LONG);
    assertThat(route.send(new Delivery(1, "old", SampleBackup.completed(), 0)).getException())
        .hasMessage("channel old: is not configured as a webhook, chat or check any more");
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("TYPES")
  void each_part_of_the_address_is_blotted_out_of_logs(String type) throws Exception {
    start(type, LONG);
    send(SampleBackup.completed());
    RecordingHttpServer.Request request = server.only();
    assertThat(SecretMasker.mask("POST " + request.uri() + " HTTP/1.1 " + request.headers()))
        .doesNotContain(SampleHttpChannels.MARK);
    assertThat(SecretMasker.mask(request.text())).doesNotContain(SampleHttpChannels.MARK);
    for (String part : request.uri().split("[/?&=]")) {
      assertThat(SecretMasker.mask(part)).doesNotContain(SampleHttpChannels.MARK);
    }
  }

  @Test
  void a_server_that_refuses_with_200_is_not_believed() throws Exception {
    refusedWith200("healthchecks", "OK (not found)", "the server knows no check of this address");
    refusedWith200("healthchecks", "OK (rate limited)", "too many pings for the server");
    refusedWith200(
        "telegram",
        "{\"ok\":false,\"description\":\"chat not found\"}",
        "Telegram did not accept it: chat not found");
    refusedWith200(
        "teams",
        "Webhook message delivery failed with error: HTTP error 413",
        "Teams did not accept it: Webhook message delivery failed with error: HTTP error 413");
  }

  private void refusedWith200(String type, String answer, String message) throws Exception {
    start(type, LONG);
    server.answers(RecordingHttpServer.text(200, answer));
    refused(type, message);
    route.close();
  }

  private Duration pause(RecordingHttpServer.Manner manner) {
    server.answers(manner);
    return ((DeliveryException) send(SampleBackup.completed()).getException()).retryAfter();
  }

  private void refused(String type, String reason) {
    Exchange exchange = send(SampleBackup.failed("disk full"));
    assertThat(exchange.getException())
        .isInstanceOf(DeliveryException.class)
        .hasMessage(type + " to: " + reason)
        .hasNoCause();
    assertNothingTold(exchange);
  }

  private static void assertNothingTold(Exchange exchange) {
    assertThat(StackTraceText.of(exchange.getException())).doesNotContain(SampleHttpChannels.MARK);
    assertThat(exchange.getMessage().getHeaders()).isEmpty();
    assertThat(exchange.getVariables().toString()).doesNotContain(SampleHttpChannels.MARK);
    assertThat(exchange.getProperties().toString()).doesNotContain(SampleHttpChannels.MARK);
  }

  private void start(String type, Duration limit) throws Exception {
    route = SampleHttpChannels.route(SampleHttpChannels.channel(type, server.url()), limit);
  }

  private Exchange send(Notification message) {
    return route.send(SampleHttpChannels.delivery(message));
  }

  private static String base64(String text) {
    return java.util.Base64.getEncoder()
        .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
