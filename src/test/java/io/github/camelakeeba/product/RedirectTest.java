package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.simulator.Fault;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Redirects of a site are followed within the site; the secret never goes elsewhere. */
@Tag("slow")
@Tag("fault")
class RedirectTest {
  private static final String UMLAUT = "Größe-geheim-7";

  @TempDir Path folder;

  private RunningProduct product;
  private SimulatedSite old;
  private SimulatedSite moved;

  @BeforeEach
  void start() {
    product = new RunningProduct(folder);
    old = product.server().joomla("old").secret(RunningProduct.SECRET);
    moved = product.server().joomla("moved").secret(RunningProduct.SECRET).steps(5);
  }

  @AfterEach
  void stop() throws Exception {
    product.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void a_redirect_on_the_same_host_is_walked_once_with_verb_and_body(int status) throws Exception {
    old.fault(Fault.onAny().always().redirect(status, moved.url().toString()));

    assertThat(backup("enabled: true").data().state()).isEqualTo("completed");
    assertThat(old.requests()).hasSize(1);
    assertThat(moved.requests()).hasSize(11).allMatch(each -> each.verb().equals("POST"));
    assertThat(moved.requests().stream().map(RecordedRequest::method))
        .startsWith("getProfiles", "listBackups", "startBackup");
    assertThat(moved.violations()).isEmpty();
  }

  @Test
  void a_redirect_in_mid_run_is_followed_without_a_second_step() throws Exception {
    old.steps(5).fault(Fault.on("stepBackup").nth(2).redirect(307, old.url() + "&lang=el"));

    assertThat(backup("enabled: true").data().state()).isEqualTo("completed");
    assertThat(old.requests("stepBackup")).hasSize(6);
    assertThat(old.requests("stepBackup").stream().filter(r -> r.query().containsKey("lang")))
        .hasSize(4);
    assertThat(old.violations()).isEmpty();
  }

  @Test
  void a_relative_redirect_is_followed_too() throws Exception {
    old.fault(Fault.onAny().always().redirect(308, "/moved/index.php?" + moved.url().getQuery()));
    assertThat(backup("enabled: true").data().state()).isEqualTo("completed");
  }

  @Test
  void a_secret_in_the_query_goes_along_and_the_redirect_is_walked_once() throws Exception {
    moved.secret(UMLAUT);
    old.fault(Fault.onAny().always().redirect(301, moved.url().toString()));

    assertThat(backup("secret: " + UMLAUT).data().state()).isEqualTo("completed");
    assertThat(old.requests()).hasSize(1);
    assertThat(moved.violations()).isEmpty();
  }

  @Test
  void after_303_the_call_comes_as_GET_and_the_sentence_says_what_was_lost() throws Exception {
    old.fault(Fault.onAny().always().redirect(303, moved.url().toString()));

    Event.Data told = backup("enabled: true").data();
    assertThat(moved.requests()).hasSize(1);
    assertThat(moved.requests().get(0).verb()).isEqualTo("GET");
    assertThat(moved.requests().get(0).body()).isEmpty();
    assertThat(told.error().kind()).isEqualTo("not-found");
    assertThat(told.error().message()).contains("a redirect lost the request's body");
  }

  @ParameterizedTest
  @CsvSource({"startBackup, 0", "stepBackup, 0", "startBackup, 1", "listBackups, 0"})
  void a_303_is_never_followed_by_what_it_would_change(String method, int v3) throws Exception {
    String token = "U2FtcGxlLUpvb21sYS10b2tlbi1mb3ItdGVzdHM=";
    old.access().webServices(token);
    old.profiles(1, "Default", 2, "Nightly");
    URI from = v3 == 1 ? old.address().resolve("api/index.php/v3/akeebabackup") : old.url();
    String to = v3 == 1 ? from + "/" + method : from.toString();
    old.fault(Fault.on(method).redirect(303, to));
    product.site(
        "shop",
        from,
        "profile: 2",
        "retry: {unreachable: 3, untrusted: 3}",
        v3 == 1 ? "token: " + token : "secret: " + RunningProduct.SECRET);

    Event.Data told = product.start().backup("shop").data();

    assertThat(told.error().kind()).isEqualTo("configuration");
    assertThat(told.error().message())
        .contains(
            "The redirect from " + place(URI.create(to)) + " to " + place(URI.create(to)),
            "with HTTP 303 what " + method + " says would be lost",
            "Write the site's final address into its url");
    assertThat(old.requests()).allMatch(each -> each.verb().equals("POST"));
    assertThat(old.requests(method)).hasSize(1);
    assertThat(told.attempts()).isLessThanOrEqualTo(1);
  }

  @Test
  void a_redirect_to_another_host_is_refused_and_nothing_is_sent_there() throws Exception {
    String other = moved.url().toString().replace("127.0.0.1", "localhost");
    old.fault(Fault.onAny().always().redirect(301, other + "&_akeebaAuth=x"));

    Event.Data told = backup("enabled: true").data();
    assertThat(told.error().kind()).isEqualTo("configuration");
    assertThat(told.error().message())
        .contains(place(old.url()), place(URI.create(other)), "must not reach another site")
        .doesNotContain("_akeebaAuth");
    assertThat(moved.requests()).isEmpty();
    assertThat(old.requests()).hasSize(1);
    assertThat(old.violations()).isEmpty();
  }

  @Test
  void a_redirect_to_another_port_is_refused_and_nothing_is_sent_there() throws Exception {
    try (SimulatedServer elsewhere = SimulatedServer.start()) {
      SimulatedSite foreign = elsewhere.joomla("old").secret(RunningProduct.SECRET);
      old.fault(Fault.onAny().always().redirect(307, foreign.url().toString()));

      assertThat(backup("enabled: true").data().error().message())
          .contains(place(foreign.url()), "must not reach another port");
      assertThat(elsewhere.connections()).isZero();
    }
  }

  @Test
  void a_redirect_from_https_to_http_is_refused() throws Exception {
    try (SimulatedServer secure = SimulatedServer.start(TestCertificate.context(folder))) {
      SimulatedSite shop = secure.joomla("shop").secret(RunningProduct.SECRET);
      String plain = shop.url().toString().replace("https:", "http:");
      shop.fault(Fault.onAny().always().redirect(301, plain));
      product.site("shop", shop.url(), "ca: " + TestCertificate.PEM).start();

      Event.Data told = product.backup("shop").data();
      assertThat(told.error().kind()).isEqualTo("configuration");
      assertThat(told.error().message()).contains("must not leave https");
      assertThat(shop.requests()).hasSize(1);
    }
  }

  @Test
  void a_circle_of_redirects_has_an_end() throws Exception {
    old.fault(Fault.onAny().always().redirect(302, old.url().toString()));
    assertThat(backup("enabled: true").data().error().message()).contains("after 20 redirects");
    assertThat(old.requests()).hasSize(21);
  }

  private Event backup(String line) throws Exception {
    return product.site("shop", old.url(), line).start().backup("shop");
  }

  private static String place(URI url) {
    return url.toString().split("\\?")[0];
  }
}
