package io.github.camelakeeba.app.cli.backend;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.camelakeeba.app.cli.backend.ServeClient.ServeBusyException;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.service.ServeFiles;
import io.github.camelakeeba.watch.StatusView;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A serve that is slow is not one that is not there. */
class ServeClientTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  @Tag("fault")
  @Test
  void one_that_has_not_answered_yet_may_still_do_what_was_asked() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      URI address = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      ServeFiles.Serve serve = new ServeFiles.Serve(address, new Secret("a-token"));

      assertThatThrownBy(new ServeClient(serve, Duration.ofSeconds(60), SHORT)::reload)
          .isInstanceOf(ServeBusyException.class)
          .hasMessageContaining(address + " has taken the request and not answered within")
          .hasMessageContaining("it may still do what was asked");
      ServeClient impatient = new ServeClient(serve, SHORT, Duration.ofSeconds(60));
      assertThatThrownBy(() -> impatient.get("/api/status", new TypeReference<StatusView>() {}))
          .isInstanceOf(ServeBusyException.class);
    }
  }
}
