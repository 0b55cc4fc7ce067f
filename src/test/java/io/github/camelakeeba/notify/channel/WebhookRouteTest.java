package io.github.camelakeeba.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.SignatureSettings;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.event.SampleBackup;
import io.github.camelakeeba.outbox.Delivery;
import io.github.camelakeeba.outbox.DeliveryException;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.SecretMasker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped webhook route against a real HTTP server. */
class WebhookRouteTest {
  private static final String PATH = "/in/T0PS3CR3T-token?key=s%2Bcr%20et&x=1";

  private record Request(String method, String uri, Headers headers, String body) {
    boolean cookie() {
      return headers.containsKey("Cookie");
    }
  }

  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private ShippedRoute route;
  private volatile int status = 200;
  private volatile byte[] answer = {};

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    if (route != null) {
      route.close();
    }
  }

  @Test
  void the_event_is_posted_as_a_cloud_event() throws Exception {
    start("http://127.0.0.1:" + port() + PATH);
    Event event = SampleBackup.warning("Größe 🚀 \"quoted\"");
    assertThat(route.send(delivery(event)).getException()).isNull();

    assertThat(requests).hasSize(1);
    Request request = requests.get(0);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.uri()).isEqualTo(PATH);
    assertThat(request.headers().getFirst("Content-Type"))
        .startsWith("application/cloudevents+json");
    assertThat(new EventJson().read(request.body())).isEqualTo(event);
  }

  @Test
  void no_foreign_header_is_sent_or_obeyed() throws Exception {
    start("http://127.0.0.1:" + port() + PATH);
    route.send(delivery(SampleBackup.completed()));
    assertThat(requests).hasSize(1);
    assertThat(requests.get(0).headers().keySet())
        .map(String::toLowerCase)
        .isSubsetOf(
            "host",
            "content-type",
            "content-length",
            "transfer-encoding",
            "user-agent",
            "connection",
            "accept-encoding");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 429, 400, 404, 301, 307})
  void only_2xx_counts_and_nothing_is_repeated_or_followed(int refused) throws Exception {
    start("http://127.0.0.1:" + port() + PATH);
    status = refused;
    Exchange exchange = route.send(delivery(SampleBackup.completed()));
    assertThat(exchange.getException())
        .isInstanceOf(DeliveryException.class)
        .hasMessageStartingWith("webhook hook: the server answered HTTP " + refused);
    assertThat(requests).hasSize(1);
    assertNothingTold(exchange);
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 202, 204})
  void every_2xx_counts(int accepted) throws Exception {
    start("http://127.0.0.1:" + port() + PATH);
    status = accepted;
    assertThat(route.send(delivery(SampleBackup.completed())).getException()).isNull();
  }

  @Test
  void a_refused_connection_fails_without_the_address() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    start("http://127.0.0.1:" + free + PATH);
    Exchange exchange = route.send(delivery(SampleBackup.completed()));
    assertThat(exchange.getException()).hasMessage("webhook hook: connection refused").hasNoCause();
    assertNothingTold(exchange);
  }

  @Test
  void an_unknown_host_and_a_server_without_tls_fail_without_the_address() throws Exception {
    start("http://host.invalid" + PATH);
    Exchange unknown = route.send(delivery(SampleBackup.completed()));
    assertThat(unknown.getException()).hasMessage("webhook hook: the host is unknown");
    assertNothingTold(unknown);
    route.close();

    try (StubbornMailServer plain = new StubbornMailServer("", 550)) {
      start("https://127.0.0.1:" + plain.port() + PATH);
      Exchange exchange = route.send(delivery(SampleBackup.completed()));
      assertThat(exchange.getException()).hasMessageStartingWith("webhook hook: TLS failed");
      assertNothingTold(exchange);
    }
  }

  @Test
  void user_information_in_the_address_becomes_a_basic_login() throws Exception {
    start("http://hook-user:hook-pass@127.0.0.1:" + port() + PATH);
    assertThat(route.send(delivery(SampleBackup.completed())).getException()).isNull();
    assertThat(requests.get(0).headers().getFirst("Authorization"))
        .isEqualTo("Basic aG9vay11c2VyOmhvb2stcGFzcw==");
  }

  @Test
  void nothing_of_an_answer_is_kept_and_no_connection_is_lost() throws Exception {
    start("http://127.0.0.1:" + port() + PATH);
    answer = new byte[1 << 20];
    for (int i = 0; i < 40; i++) {
      assertThat(route.send(delivery(SampleBackup.completed())).getException()).isNull();
    }
    assertThat(requests).hasSize(40);
    assertThat(requests).noneMatch(Request::cookie);
  }

  @Test
  void the_path_of_the_address_is_blotted_out_of_logs() throws Exception {
    start("http://127.0.0.1:" + port() + PATH);
    assertThat(SecretMasker.mask("POST " + PATH + " HTTP/1.1")).isEqualTo("POST *** HTTP/1.1");
  }

  @Test
  void a_channel_that_is_gone_fails_in_a_sentence() throws Exception {
    start("http://127.0.0.1:" + port() + PATH);
    assertThat(route.send(new Delivery(1, "old", SampleBackup.completed(), 0)).getException())
        .hasMessage("channel old: is not configured as a webhook, chat or check any more");
  }

  private void assertNothingTold(Exchange exchange) {
    assertThat(StackTraceText.of(exchange.getException()))
        .doesNotContain("T0PS3CR3T", "cr%20et", "cr et");
    assertThat(exchange.getMessage().getHeaders().toString()).doesNotContain("T0PS3CR3T");
    assertThat(String.valueOf(exchange.getMessage().getBody())).doesNotContain("T0PS3CR3T");
    assertThat(exchange.getVariables().toString()).doesNotContain("T0PS3CR3T");
    assertThat(exchange.getProperties().toString()).doesNotContain("T0PS3CR3T");
  }

  private void start(String url) throws Exception {
    Map<String, Channel> channels =
        SampleBackup.channels(
            new Channel.Webhook("hook", new Secret(url), SignatureSettings.NONE, Map.of(), null));
    route =
        new ShippedRoute(
            "notify-webhook", SampleHttpChannels.beans(channels, Duration.ofSeconds(30)));
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private static Delivery delivery(Event event) {
    return new Delivery(1, "hook", event, 0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(
        new Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders(),
            body));
    exchange.getResponseHeaders().add("Location", "http://127.0.0.1:" + port() + "/elsewhere");
    exchange.getResponseHeaders().add("Set-Cookie", "a=b");
    boolean empty = answer.length == 0 || status == 204;
    exchange.sendResponseHeaders(status, empty ? -1 : answer.length);
    if (!empty) {
      exchange.getResponseBody().write(answer);
    }
    exchange.close();
  }
}
