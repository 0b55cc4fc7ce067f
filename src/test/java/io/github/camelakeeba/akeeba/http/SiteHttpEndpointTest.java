package io.github.camelakeeba.akeeba.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camelakeeba.akeeba.Call;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.config.yaml.SitesLoader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.http.base.cookie.ExchangeCookieHandler;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes out is the call, whatever the message of the exchange holds. */
class SiteHttpEndpointTest {
  private static final String SECRET = "a-word-of-ours";

  @TempDir Path home;

  private final Map<String, String> received = new ConcurrentHashMap<>();
  private HttpServer server;
  private SiteHttpClients clients;

  @BeforeEach
  void a_site() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void is_gone() {
    server.stop(0);
  }

  private void answer(HttpExchange request) throws IOException {
    try (request) {
      request.getRequestHeaders().forEach((name, values) -> received.put(name, values.toString()));
      received.put("request", request.getRequestMethod() + " " + request.getRequestURI());
      received.put(
          "body", new String(request.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      request.getResponseHeaders().add("Set-Cookie", "session=1; Path=/");
      request.getResponseHeaders().add("Date", "Mon, 30 Nov 2026 02:30:00 GMT");
      request.sendResponseHeaders(200, -1);
    }
  }

  private Call call(String query) {
    String yaml =
        "sites: {shop: {url: \"http://127.0.0.1:%d/index.php?option=com_akeebabackup&view=api&%s\", secret: %s}}"
            .formatted(server.getAddress().getPort(), query, SECRET);
    Site site =
        new SitesLoader()
            .load(yaml, "sites.yaml", home, text -> text)
            .sites()
            .values()
            .iterator()
            .next();
    clients = new SiteHttpClients(List.of(site), 1, Timings.SHIPPED);
    return new CallFactory(clients)
        .call(
            new ApiQuery(site, RequestBody.stepBackup("id-20261130-023000-1")),
            site.address().endpoint());
  }

  /** Sends it twice. */
  private Exchange send(Call call, Map<String, Object> headers) throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      context.getRegistry().bind("cookies", new ExchangeCookieHandler());
      context.addComponent(NoRetryHttp.SITES, clients.component());
      context.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              String site = "akeeba-http://site?cookieHandler=#cookies";
              from("direct:send").to(site).to(site);
            }
          });
      context.start();
      Exchange exchange = new DefaultExchange(context);
      exchange.setVariable("akeeba-call", call);
      exchange.getMessage().setBody("a body of somebody else");
      exchange.getMessage().setHeaders(new HashMap<>(headers));
      context.createProducerTemplate().send("direct:send", exchange);
      return exchange;
    }
  }

  @Test
  void a_call_is_sent_as_it_is() throws Exception {
    Exchange answered = send(call("format=raw"), Map.of());

    assertThat(answered.getException()).isNull();
    assertThat(received)
        .containsEntry("request", "POST /index.php?option=com_akeebabackup&view=api&format=raw")
        .containsEntry("body", "method=stepBackup&backupid=id-20261130-023000-1")
        .containsEntry("X-akeeba-auth", "[" + SECRET + "]")
        .containsEntry("Accept", "[application/json]")
        .containsEntry("Content-type", "[application/x-www-form-urlencoded]");
  }

  @Test
  void no_header_of_the_message_directs_or_joins_it() throws Exception {
    Exchange answered =
        send(
            call("format=raw"),
            Map.of(
                "CamelHttpUri", "http://127.0.0.1:1/elsewhere",
                "CamelHttpPath", "/elsewhere",
                "CamelHttpQuery", "view=other",
                "CamelHttpMethod", "DELETE",
                "Content-Encoding", "gzip",
                "X-Akeeba-Auth", "theirs",
                "x-of-the-host", "1"));

    assertThat(answered.getException()).isNull();
    assertThat(received)
        .containsEntry("request", "POST /index.php?option=com_akeebabackup&view=api&format=raw")
        .containsEntry("body", "method=stepBackup&backupid=id-20261130-023000-1")
        .containsEntry("X-akeeba-auth", "[" + SECRET + "]")
        .doesNotContainKeys("X-of-the-host", "Content-encoding");
  }

  @Test
  void the_message_holds_no_credential_and_none_of_the_headers_of_before() throws Exception {
    Exchange answered = send(call("format=raw"), Map.of("x-of-the-host", "1"));

    assertThat(answered.getMessage().getHeaders().toString())
        .contains("Date")
        .doesNotContain(SECRET, "x-of-the-host");
    assertThat(answered.getIn().getHeaders().toString()).doesNotContain(SECRET);
  }

  @Test
  void the_next_call_of_the_exchange_has_the_cookies_of_the_one_before() throws Exception {
    send(call("format=raw"), Map.of("Cookie", "of=the-host"));

    assertThat(received).containsEntry("Cookie", "[session=1]");
  }

  @Test
  void an_address_goes_out_in_ascii() throws Exception {
    send(call("name=caf\u00e9"), Map.of());

    assertThat(received)
        .containsEntry(
            "request", "POST /index.php?option=com_akeebabackup&view=api&name=caf%C3%A9");
  }
}
