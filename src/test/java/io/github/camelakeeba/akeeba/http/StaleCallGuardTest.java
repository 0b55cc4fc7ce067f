package io.github.camelakeeba.akeeba.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.akeeba.Call;
import io.github.camelakeeba.akeeba.http.ConnectFailureMarker.NoConnectionException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StaleCallGuardTest {
  private static final Instant NOTED = Instant.parse("2026-11-30T02:30:00Z");

  @Test
  @Tag("fault")
  void a_process_that_wakes_between_the_head_and_the_body_sends_no_byte() throws Exception {
    assertThat(bytesOf(true, NOTED.plusSeconds(1), NOTED.plusSeconds(13))).isZero();
  }

  @Test
  void a_call_in_time_is_sent() throws Exception {
    assertThat(bytesOf(false, NOTED.plusSeconds(1), NOTED.plusSeconds(11))).isPositive();
  }

  /** What a server got of a call whose guard reads these times; it closes without an answer. */
  private static int bytesOf(boolean refused, Instant... times) throws Exception {
    Iterator<Instant> clock = List.of(times).iterator();
    InstantSource source = clock::next;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        CloseableHttpClient client =
            HttpClients.custom()
                .disableAutomaticRetries()
                .addExecInterceptorFirst("never sent", new ConnectFailureMarker())
                .addExecInterceptorBefore(
                    ChainElement.MAIN_TRANSPORT.name(), "stale call", new StaleCallGuard(source))
                .build()) {
      CompletableFuture<Integer> received = CompletableFuture.supplyAsync(() -> received(server));
      URI url = URI.create("http://127.0.0.1:" + server.getLocalPort());
      HttpPost post = new HttpPost(url);
      post.setEntity(new StringEntity("method=stepBackup"));
      HttpClientContext context = HttpClientContext.create();
      Exchange exchange = new DefaultExchange(new DefaultCamelContext());
      exchange.setVariable("akeeba-call", noted(url));
      context.setAttribute(Exchange.class.getName(), exchange);
      assertThatThrownBy(() -> client.execute(post, context, answer -> null))
          .isInstanceOf(refused ? NoConnectionException.class : IOException.class);
      assertThat(clock).as("times that nobody asked for").isExhausted();
      return received.get(60, TimeUnit.SECONDS);
    }
  }

  private static int received(ServerSocket server) {
    try (Socket socket = server.accept();
        InputStream in = socket.getInputStream()) {
      return Math.max(0, in.read(new byte[8192]));
    } catch (IOException e) {
      return 0; // reset
    }
  }

  private static Call noted(URI url) {
    return new Call(
        "stepBackup",
        "POST",
        url,
        url,
        "method=stepBackup",
        null,
        null,
        null,
        null,
        null,
        "client-1",
        Duration.ofMinutes(1),
        0,
        NOTED,
        null,
        false);
  }
}
