package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search that comes to nothing says why, soon, and leaves the site alone. */
@Tag("slow")
@Tag("fault")
class EndpointTroubleTest {
  private static final String TOKEN = "U2FtcGxlLUpvb21sYS10b2tlbi1mb3ItdGVzdHM=";

  @TempDir Path folder;
  private RunningProduct product;
  private SimulatedSite shop;

  @BeforeEach
  void open() {
    product = new RunningProduct(folder);
    shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(3);
  }

  @AfterEach
  void close() throws Exception {
    product.close();
  }

  private Event.Error failure(String... lines) throws Exception {
    Event outcome = product.site("shop", shop.address(), lines).start().backup("shop");
    assertThat(outcome.data().state()).isEqualTo("failed");
    assertThat(shop.requests("startBackup")).isEmpty();
    assertThat(product.jdbc().queryForObject("select count(*) from endpoint", Integer.class))
        .isZero();
    return outcome.data().error();
  }

  @Test
  void a_refused_secret_tells_that_the_address_is_right_and_ends_the_search() throws Exception {
    shop.access().webServices(null);
    Event.Error error = failure("secret: not-the-word-of-the-shop");

    assertThat(error.kind()).isEqualTo("refused-secret");
    assertThat(error.message())
        .startsWith("The API v2 is at " + shop.address() + "api/index.php/v2/akeebabackup. ")
        .contains("refuses access", "secret word", "switched off", "Core edition");
    assertThat(shop.requests()).hasSize(1);
  }

  @Test
  void a_refused_token_does_so_too() throws Exception {
    shop.access().webServices("another-token");
    Event.Error error = failure("token: " + TOKEN);

    assertThat(error.kind()).isEqualTo("refused-secret");
    assertThat(error.message()).contains("/api/index.php/v3/akeebabackup. ", "token");
    assertThat(shop.requests()).hasSize(1);
  }

  @Test
  void a_token_without_joomlas_plugin_names_the_plugin() throws Exception {
    Event.Error error = failure("token: " + TOKEN);

    assertThat(error.kind()).isEqualTo("not-found");
    assertThat(error.message())
        .contains("Web Services - Akeeba Backup", "10.4")
        .contains("asked: api/index.php/v3/akeebabackup, api/v3/akeebabackup)");
    assertThat(shop.requests()).hasSize(2);
  }

  @Test
  void an_account_that_may_not_do_something_is_told_which_method_it_was() throws Exception {
    shop.access().webServices(TOKEN).deniesMethod("getProfiles");
    Event.Error error =
        product
            .site("shop", shop.address(), "token: " + TOKEN)
            .start()
            .backup("shop")
            .data()
            .error();

    assertThat(error.kind()).isEqualTo("refused-secret");
    assertThat(error.message()).contains("lacks the privilege for getProfiles");
  }

  @Test
  void where_nothing_is_each_place_that_was_asked_is_named() throws Exception {
    shop.access().withoutComponent();
    Event.Error error = failure();

    assertThat(error.kind()).isEqualTo("not-found");
    assertThat(error.message())
        .startsWith("No Akeeba Backup API was found at " + shop.address())
        .contains("api/index.php/v2/akeebabackup", "option=com_akeebabackup", "option=com_akeeba&")
        .contains("wp-admin/admin-ajax.php", "remote.php", "Web Services - Akeeba Backup");
    assertThat(shop.requests()).hasSize(6);
  }

  @Test
  void a_page_at_every_address_is_no_api() throws Exception {
    shop.fault(Fault.onAny().always().answer(200, "text/html", "<title>Our shop</title>Welcome"));
    Event.Error error = failure();

    assertThat(error.kind()).isEqualTo("not-found");
    assertThat(error.message()).contains("Our shop");
    assertThat(shop.requests()).hasSize(6);
  }

  @Test
  void the_retired_api_is_named() throws Exception {
    shop.access().retired();
    Event.Error error = failure();

    assertThat(error.kind()).isEqualTo("configuration");
    assertThat(error.message()).contains("retired API v1", "update Akeeba Backup");
  }

  @Test
  void a_pasted_address_of_the_retired_api_is_named_where_nothing_newer_is_found()
      throws Exception {
    shop.access().withoutComponent();
    URI pasted = shop.address().resolve("index.php?option=com_akeeba&view=json&format=component");
    Event.Error error = product.site("shop", pasted).start().backup("shop").data().error();

    assertThat(error.kind()).isEqualTo("configuration");
    assertThat(error.message())
        .startsWith("The url is an address of the retired API v1, and no API v2 or v3 was found")
        .contains("below " + shop.address(), "Update Akeeba Backup");
  }

  @Test
  void a_web_server_that_wants_a_password_is_asked_once() throws Exception {
    shop.basicAuth("me", "pass-of-the-web-server");
    Event.Error error = failure();

    assertThat(error.kind()).isEqualTo("refused-secret");
    assertThat(error.message()).contains("user:password@");
    assertThat(shop.requests()).hasSize(1);
  }

  @Test
  void a_site_that_forbids_everything_is_told_as_that() throws Exception {
    shop.fault(Fault.onAny().always().page(403, "Forbidden"));
    Event.Error error = failure();

    assertThat(error.kind()).isEqualTo("refused-secret");
    assertThat(error.message()).contains("HTTP 403", "firewall");
    assertThat(shop.requests()).hasSize(6);
  }

  @Test
  void a_firewall_that_lets_nothing_through_is_named_with_its_words() throws Exception {
    String page = "<title>Not Acceptable!</title><p>This error was generated by Mod_Security.</p>";
    shop.fault(Fault.onAny().always().answer(406, "text/html", page));
    Event.Error error = failure();

    assertThat(error.kind()).isEqualTo("configuration");
    assertThat(error.message())
        .startsWith("ModSecurity, a firewall of the web server, refuses the request (HTTP 406")
        .contains("This error was generated by Mod_Security.");
    // each place is asked: a rule may be about one of them
    assertThat(shop.requests()).hasSize(6);
  }

  @Test
  void a_site_that_is_down_is_not_asked_everywhere() throws Exception {
    shop.fault(Fault.onAny().always().html503());
    Event.Error error = failure();

    assertThat(error.kind()).isEqualTo("unreachable");
    assertThat(error.message()).contains("HTTP 503");
    // two places, each asked three times
    assertThat(shop.requests()).hasSize(6);
  }

  @Test
  void without_a_scheme_only_https_is_asked_and_that_is_said() throws Exception {
    String address = shop.address().toString().replace("http://", "");
    product.yaml("").site("shop", URI.create("//" + address));
    Event outcome = product.start().backup("shop");

    assertThat(outcome.data().error().kind()).isEqualTo("unreachable");
    assertThat(outcome.data().error().message()).contains("names no scheme", "https was taken");
    assertThat(shop.requests()).isEmpty();
  }

  @Test
  void one_place_that_fails_does_not_hide_the_next_one() throws Exception {
    shop.fault(Fault.onAny().times(3).page(500, "Internal Server Error"));
    product.site("shop", shop.address()).start();

    assertThat(product.backup("shop").data().state()).isEqualTo("completed");
    assertThat(shop.requests("getVersion")).hasSize(4);
  }

  @Test
  void a_redirect_to_somebody_else_is_not_followed() throws Exception {
    shop.fault(Fault.onAny().always().redirect(301, "http://elsewhere.example/"));
    Event.Error error = failure();

    assertThat(error.kind()).isEqualTo("configuration");
    assertThat(error.message()).contains("http://elsewhere.example/", "must not reach another");
    assertThat(shop.requests()).hasSize(1);
  }

  @Test
  void a_site_that_comes_back_is_found_by_the_next_attempt_of_the_same_run() throws Exception {
    shop.fault(Fault.onAny().times(6).html503());
    product.site("shop", shop.address(), "retry: {unreachable: 1}").start();

    Event outcome = product.backup("shop");

    assertThat(outcome.data().state()).isEqualTo("completed");
    assertThat(shop.violations()).isEmpty();
  }
}
