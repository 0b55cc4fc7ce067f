package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.event.Event;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Nothing gets through to the site: the sentence says how far it came, and what to look at. */
@Tag("slow")
@Tag("fault")
class HostIsNotThereTest {
  @TempDir Path folder;

  private RunningProduct product;

  @BeforeEach
  void start() {
    product = new RunningProduct(folder);
  }

  @AfterEach
  void stop() throws Exception {
    product.close();
  }

  @Test
  void a_name_without_an_address() throws Exception {
    assertThat(unreachable("http://no-such-host.invalid"))
        .isEqualTo("The host name no-such-host.invalid is not known. Check the url.");
  }

  @Test
  void a_port_where_nobody_listens() throws Exception {
    assertThat(unreachable("http://127.0.0.1:1"))
        .isEqualTo(
            "127.0.0.1 refuses the connection. Is the web server up, and is the port right?");
  }

  @Test
  @EnabledOnOs(OS.LINUX) // others refuse what does not fit into the line
  void a_host_that_does_not_react_is_given_a_bounded_time_a_question() throws Exception {
    List<Socket> line = new ArrayList<>();
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      fill(deaf, line);
      product.timings(QuickTimings.QUICK.with(Map.of("connectTimeout", 2_000L)));
      Instant begin = Instant.now();

      assertThat(unreachable("http://127.0.0.1:" + deaf.getLocalPort()))
          .isEqualTo(
              "No connection to 127.0.0.1 within 2 s. Is the site up, and does a firewall let us"
                  + " through?");
      assertThat(Duration.between(begin, Instant.now()))
          .isBetween(Duration.ofSeconds(6), Duration.ofSeconds(30));
    } finally {
      for (Socket socket : line) {
        socket.close();
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX) // elsewhere another reason is given
  void a_network_that_no_way_leads_to() throws Exception {
    // no TCP connection can be made to all hosts at once, and none is tried on the wire
    assertThat(unreachable("http://255.255.255.255"))
        .startsWith("No connection to 255.255.255.255 (")
        .endsWith("Is the site up, and does a way lead there from this machine?");
  }

  private String unreachable(String server) throws Exception {
    product.site("shop", URI.create(server + "/index.php?view=api&format=raw")).start();
    Event.Data told = product.backup("shop").data();
    assertThat(told.state()).isEqualTo("failed");
    assertThat(told.error().kind()).isEqualTo("unreachable");
    assertThat(told.attempts()).isZero();
    return told.error().message();
  }

  /** Until the system lets nobody in any more, since nobody is taken out. */
  private static void fill(ServerSocket server, List<Socket> line) throws IOException {
    try {
      while (line.size() < 100) {
        line.add(new Socket());
        line.get(line.size() - 1).connect(server.getLocalSocketAddress(), 500);
      }
    } catch (SocketTimeoutException full) {
      return;
    }
    throw new IOException("the line has no end");
  }
}
