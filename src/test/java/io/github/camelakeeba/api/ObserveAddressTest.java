package io.github.camelakeeba.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.product.Ports;
import io.github.camelakeeba.product.RunningProduct;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Health and metrics have a switch and an address of their own. */
class ObserveAddressTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir Path folder;

  private static int status(URI address, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(path))
            .header("Authorization", "Bearer " + RunningProduct.TOKEN)
            .build();
    return HTTP.send(request, BodyHandlers.ofString()).statusCode();
  }

  private RunningProduct product() {
    return new RunningProduct(folder).yaml("  {}\n");
  }

  private static URI local(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Test
  void without_a_token_they_are_where_they_are_switched_on_and_nothing_else_is() throws Exception {
    int port = Ports.free();
    try (RunningProduct product =
        product()
            .hooks()
            .property("backup.api.port = " + port)
            .property("backup.observe.enabled = true")
            .start()) {
      assertThat(product.service().apiAddress()).isNull();
      assertThat(status(local(port), "/observe/health/live")).isEqualTo(200);
      assertThat(status(local(port), "/observe/metrics")).isEqualTo(200);
      assertThat(status(local(port), "/api/sites")).isEqualTo(404);
      assertThat(status(local(port), "/")).isEqualTo(404);
    }
  }

  @Test
  void at_an_address_of_their_own_they_are_no_more_with_the_api() throws Exception {
    int port = Ports.free();
    try (RunningProduct product =
        product().api().property("backup.observe.port = " + port).start()) {
      assertThat(status(local(port), "/observe/health")).isEqualTo(200);
      assertThat(status(local(port), "/observe/metrics")).isEqualTo(200);
      for (String path : new String[] {"/", "/api/sites", "/ui/session", "/badge/x.svg", "/x"}) {
        assertThat(status(local(port), path)).as(path).isEqualTo(404);
      }
      URI api = product.service().apiAddress();
      assertThat(status(api, "/api/sites")).isEqualTo(200);
      for (String path : new String[] {"/observe/health", "/observe/metrics", "/OBSERVE/health"}) {
        assertThat(status(api, path)).as(path).isEqualTo(404);
      }
    }
  }

  @Test
  void they_can_be_switched_off() throws Exception {
    try (RunningProduct product =
        product().api().property("backup.observe.enabled = false").start()) {
      URI api = product.service().apiAddress();
      assertThat(status(api, "/api/sites")).isEqualTo(200);
      assertThat(status(api, "/observe/health")).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "observe.enabled = yes | observe.enabled: must be true or false",
        "observe.port = 70000 | observe.port: must be a whole number from 0 to 65535",
        "observe.host = no.such.host.invalid | observe.host: is no address of this machine",
      })
  void a_wrong_key_is_told_with_what_is_allowed(String line, String sentence) {
    assertThatThrownBy(() -> product().api().property("backup." + line).start())
        .hasMessageContaining("config/application.properties: backup." + sentence);
  }

  @Tag("fault")
  @Test
  void a_port_in_use_is_told_by_its_own_key_and_leaves_nothing_open() throws Exception {
    int api = Ports.free();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () ->
                  product()
                      .api()
                      .property("backup.api.port = " + api)
                      .property("backup.observe.port = " + taken.getLocalPort())
                      .start())
          .hasMessageContaining(
              "backup.observe.port: port %d of 127.0.0.1 can't be listened on"
                  .formatted(taken.getLocalPort()));
    }
    new ServerSocket(api, 1, InetAddress.getLoopbackAddress()).close();
  }
}
