package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials, certificates and proxies on the way to a site. */
@Tag("slow")
class WayToTheSiteTest {
  @TempDir Path folder;

  private RunningProduct product;
  private SimulatedSite shop;

  @BeforeEach
  void start() {
    product = new RunningProduct(folder);
    shop = product.server().joomla("shop").steps(3);
  }

  @AfterEach
  void stop() throws Exception {
    product.close();
  }

  @Test
  void a_secret_of_visible_ASCII_goes_in_the_header_and_nowhere_else() throws Exception {
    shop.secret("a/b+c=d&e%f!~");
    assertThat(backup(shop.url(), "secret: \"a/b+c=d&e%f!~\"").data().state())
        .isEqualTo("completed");
    assertThat(shop.requests())
        .allMatch(each -> each.header("X-Akeeba-Auth").equals("a/b+c=d&e%f!~"))
        .noneMatch(each -> each.query().containsKey("_akeebaAuth"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"geheim-Größe-€-🚀", "with a blank & more"})
  void any_other_secret_goes_percent_encoded_in_the_query_and_nowhere_else(String secret)
      throws Exception {
    shop.secret(secret);
    assertThat(backup(shop.url(), "secret: \"" + secret + "\"").data().state())
        .isEqualTo("completed");
    assertThat(shop.requests())
        .allMatch(each -> each.query().get("_akeebaAuth").equals(secret))
        .noneMatch(each -> each.headers().containsKey("x-akeeba-auth"))
        .noneMatch(each -> each.params().containsKey("_akeebaAuth"));
  }

  @Tag("fault")
  @Test
  void a_wrong_secret_is_asked_for_once_and_every_cause_is_told() throws Exception {
    shop.secret("another");
    Event.Data told = backup(shop.url()).data();
    assertThat(told.error().kind()).isEqualTo("refused-secret");
    assertThat(told.error().message())
        .contains("secret word is wrong", "too weak", "switched off", "Core edition");
    assertThat(shop.requests()).hasSize(1);
    assertThat(shop.violations()).isEmpty();
  }

  @Test
  void user_and_password_of_the_url_are_sent_as_basic_auth_to_begin_with() throws Exception {
    shop.secret(RunningProduct.SECRET).basicAuth("zoë", "p@ss:wörd/1");
    URI url = withUser(shop.url(), "zo%C3%AB:p%40ss:w%C3%B6rd%2F1@");
    assertThat(backup(url).data().state()).isEqualTo("completed");
    assertThat(shop.requests()).allMatch(each -> each.status() == 200);
  }

  @Tag("fault")
  @Test
  void a_wrong_password_of_the_web_server_is_told_from_a_wrong_secret() throws Exception {
    shop.secret(RunningProduct.SECRET).basicAuth("zoe", "right");
    Event.Data told = backup(withUser(shop.url(), "zoe:wrong@")).data();
    assertThat(told.error().kind()).isEqualTo("refused-secret");
    assertThat(told.error().message()).contains("HTTP 401").contains("user:password@");
    assertThat(shop.requests()).hasSize(1);
  }

  @Tag("fault")
  @Test
  void a_certificate_of_a_private_authority_is_good_with_ca_and_only_with_it() throws Exception {
    try (SimulatedServer secure = SimulatedServer.start(TestCertificate.context(folder))) {
      SimulatedSite safe = secure.joomla("safe").secret(RunningProduct.SECRET).steps(3);
      product
          .site("trusting", safe.url(), "ca: " + TestCertificate.PEM)
          .site("strict", safe.url())
          .start();

      assertThat(product.backup("trusting").data().state()).isEqualTo("completed");
      assertThat(safe.connections()).isEqualTo(1);

      int before = safe.requests().size();
      Event.Data told = product.backup("strict").data();
      assertThat(told.error().kind()).isEqualTo("unreachable");
      assertThat(told.error().message()).contains("certificate", "set ca");
      assertThat(safe.requests()).hasSize(before);
    }
  }

  @Test
  void a_site_behind_a_proxy_is_reached_through_it_and_not_by_itself() throws Exception {
    shop.secret(RunningProduct.SECRET);
    URI proxy = product.server().address();
    // nobody could reach this host, only the proxy, which plays the site
    URI url = URI.create(shop.url().toString().replace(proxy.getAuthority(), "shop.invalid"));
    Event.Data told = backup(url, "proxy: " + proxy).data();
    assertThat(told.state()).isEqualTo("completed");
    assertThat(shop.requests().stream().map(RecordedRequest::method)).contains("startBackup");
    assertThat(shop.requests()).allMatch(each -> each.header("Host").startsWith("shop.invalid"));
  }

  @Tag("fault")
  @Test
  void a_host_that_nobody_knows_and_a_port_where_nobody_listens_are_told_apart() throws Exception {
    int free;
    try (var socket = new java.net.ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    String path = "/index.php?option=com_akeebabackup&view=api&format=raw";
    product
        .site("nobody", URI.create("http://nobody.invalid" + path))
        .site("closed", URI.create("http://127.0.0.1:" + free + path))
        .start();
    assertThat(product.backup("nobody").data().error().message())
        .isEqualTo("The host name nobody.invalid is not known. Check the url.");
    assertThat(product.backup("closed").data().error().message())
        .contains("127.0.0.1 refuses the connection");
  }

  private Event backup(URI url, String... lines) throws Exception {
    return product.site("shop", url, lines).start().backup("shop");
  }

  private static URI withUser(URI url, String user) {
    return URI.create(url.toString().replace("://", "://" + user));
  }
}
