package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.notify.Event;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteOutOfReachTest {
  private static final String API = "/index.php?option=com_akeebabackup&view=api&format=raw";

  @TempDir Path folder;

  @Test
  void a_refused_connection_is_told_as_unreachable_with_the_host() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }

    Event.Data data = outcome(URI.create("http://127.0.0.1:" + closed + API));

    assertThat(data.error().kind()).isEqualTo("unreachable");
    assertThat(data.error().message()).startsWith("127.0.0.1 refuses the connection.");
  }

  @Test
  void an_unknown_host_is_told_as_unreachable_with_the_host() throws Exception {
    Event.Data data = outcome(URI.create("http://shop.invalid" + API));

    assertThat(data.error().kind()).isEqualTo("unreachable");
    assertThat(data.error().message()).contains("shop.invalid");
  }

  private Event.Data outcome(URI url) throws Exception {
    try (Product product = new Product(folder)) {
      return product.site("shop", url).start().backup("shop").data();
    }
  }
}
