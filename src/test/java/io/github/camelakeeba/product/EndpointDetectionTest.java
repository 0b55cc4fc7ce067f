package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From the address of a site to its API: every product, version and shape, in few requests. */
@Tag("slow")
class EndpointDetectionTest {
  private static final String TOKEN = "U2FtcGxlLUpvb21sYS10b2tlbi1mb3ItdGVzdHM=";
  private static final String COMPONENT = "index.php?option=com_akeebabackup&view=api&format=raw";
  private static final String AJAX = "wp-admin/admin-ajax.php?action=akeebabackup_api";

  @TempDir Path folder;
  private RunningProduct product;

  @BeforeEach
  void open() {
    product = new RunningProduct(folder);
  }

  @AfterEach
  void close() throws Exception {
    product.close();
  }

  private SimulatedSite installed(String what) {
    return installed(product, "shop", what);
  }

  private static SimulatedSite installed(RunningProduct product, String name, String what) {
    SimulatedSite site =
        switch (what) {
          case "wordpress" -> product.server().wordpress(name);
          case "solo", "remote" -> product.server().solo(name);
          default -> product.server().joomla(name);
        };
    switch (what) {
      case "plugin" -> site.access().webServices(null);
      case "plugin only" -> site.access().webServices(null).withoutComponent();
      case "token" -> site.access().webServices(TOKEN);
      case "another token" -> site.access().webServices(TOKEN + "A");
      case "forbidden" -> site.access().forbidden();
      case "old" -> site.access().legacyComponent();
      default -> {} // as it comes
    }
    return site.secret(RunningProduct.SECRET).steps(3);
  }

  private static String[] credentials(String with) {
    return switch (with) {
      case "secret" -> new String[] {"secret: " + RunningProduct.SECRET};
      case "token" -> new String[] {"token: " + TOKEN};
      default -> new String[] {"secret: " + RunningProduct.SECRET, "token: " + TOKEN};
    };
  }

  /** What was asked to find the API. */
  private static List<RecordedRequest> asked(SimulatedSite site) {
    return site.requests("getVersion");
  }

  /**
   * A search for the API.
   *
   * @param installed what is installed
   * @param with the credentials
   * @param pasted the address that was pasted, below the site's own
   * @param found where it is found
   * @param requests so many it takes
   */
  private record Case(String installed, String with, String pasted, String found, int requests) {
    String site() {
      return "site-" + CASES.indexOf(this);
    }

    @Override
    public String toString() {
      return "%s by %s at '%s': %s after %d".formatted(installed, with, pasted, found, requests);
    }
  }

  private static final List<Case> CASES =
      List.of(
          new Case("plugin", "secret", "", "api/index.php/v2/akeebabackup", 1),
          new Case("plugin only", "secret", "", "api/index.php/v2/akeebabackup", 1),
          new Case("joomla", "secret", "", COMPONENT, 2),
          new Case("joomla", "secret", "administrator", COMPONENT, 2),
          new Case(
              "joomla", "secret", "administrator/index.php?option=com_akeebabackup", COMPONENT, 2),
          new Case(
              "joomla", "secret", "index.php?option=com_content&view=article&id=1", COMPONENT, 2),
          new Case("joomla", "secret", "index.php", COMPONENT, 2),
          new Case("joomla", "secret", "index.php/en/news", COMPONENT, 2),
          new Case("joomla", "secret", "//", COMPONENT, 2),
          new Case("joomla", "secret", "api/index.php/v1", COMPONENT, 2),
          new Case("forbidden", "secret", "", COMPONENT, 2),
          new Case("old", "secret", "", "index.php?option=com_akeeba&view=api&format=raw", 3),
          new Case("wordpress", "secret", "", AJAX, 4),
          new Case("wordpress", "secret", "index.html", AJAX, 4),
          new Case("wordpress", "secret", "wp-admin", AJAX, 1),
          new Case("wordpress", "secret", "wp-admin/admin.php?page=akeebabackup", AJAX, 1),
          new Case("wordpress", "secret", "wp-login.php", AJAX, 1),
          new Case("wordpress", "token and secret", "", AJAX, 5),
          new Case("solo", "secret", "", "index.php?view=api&format=raw", 5),
          new Case("solo", "secret", "index.php", "index.php?view=api&format=raw", 5),
          new Case("token", "token", "", "api/index.php/v3/akeebabackup", 1),
          new Case("token", "token", "administrator", "api/index.php/v3/akeebabackup", 1),
          new Case("token", "token and secret", "", "api/index.php/v3/akeebabackup", 1),
          new Case("another token", "token and secret", "", "api/index.php/v2/akeebabackup", 2),
          new Case("joomla", "token and secret", "", COMPONENT, 3),
          // exact endpoints are not searched for
          new Case("joomla", "secret", COMPONENT, COMPONENT, 0),
          new Case(
              "plugin",
              "secret",
              "api/index.php/v2/akeebabackup",
              "api/index.php/v2/akeebabackup",
              0),
          new Case(
              "token",
              "token",
              "api/index.php/v3/akeebabackup",
              "api/index.php/v3/akeebabackup",
              0),
          new Case("wordpress", "secret", AJAX, AJAX, 0),
          new Case("remote", "secret", "remote.php", "remote.php", 0));

  /** One product for all cases: what was found is remembered for each site by itself. */
  @TempDir static Path shared;

  private static RunningProduct all;
  private static final Map<Case, SimulatedSite> SITES = new HashMap<>();

  @BeforeAll
  static void openForAll() throws Exception {
    all = new RunningProduct(shared);
    for (Case one : CASES) {
      SimulatedSite site = installed(all, one.site(), one.installed());
      SITES.put(one, site);
      all.site(one.site(), URI.create(site.address() + one.pasted()), credentials(one.with()));
    }
    all.start();
  }

  @AfterAll
  static void closeForAll() throws Exception {
    all.close();
  }

  static List<Case> cases() {
    return CASES;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void is_found(Case one) {
    SimulatedSite site = SITES.get(one);

    Event outcome = all.backup(one.site());

    assertThat(outcome.data().state()).isEqualTo("completed");
    assertThat(asked(site)).hasSize(one.requests());
    String started = site.requests("startBackup").get(0).path();
    assertThat(started).startsWith("/" + one.site() + "/" + one.found().split("\\?")[0]);
    assertThat(site.violations()).isEmpty();

    // remembered: the next run asks for nothing
    assertThat(all.backup(one.site()).data().state()).isEqualTo("completed");
    assertThat(asked(site)).hasSize(one.requests());
  }

  @Test
  void what_was_found_is_remembered_across_a_restart_and_holds_no_credential() throws Exception {
    SimulatedSite site = installed("joomla").secret("not in ASCII: ä");
    product.durable().site("shop", site.address(), "secret: \"not in ASCII: ä\"").start();
    product.backup("shop");
    assertThat(asked(site)).hasSize(2);
    product.stop();
    product.start();

    assertThat(product.backup("shop").data().state()).isEqualTo("completed");

    assertThat(asked(site)).hasSize(2);
    assertThat(product.jdbc().queryForList("select url from endpoint", String.class))
        .containsExactly(site.url().toString());
  }

  @Test
  @Tag("fault")
  void an_endpoint_that_is_there_no_more_is_searched_for_once_more() throws Exception {
    SimulatedSite site = installed("joomla");
    product.site("shop", site.address()).start();
    product.backup("shop");
    site.access().webServices(null).withoutComponent();

    assertThat(product.backup("shop").data().state()).isEqualTo("completed");
    assertThat(asked(site)).hasSize(3);
    assertThat(product.backup("shop").data().state()).isEqualTo("completed");
    assertThat(asked(site)).hasSize(3);
  }

  @Test
  void another_credential_in_sites_yaml_begins_a_new_search() throws Exception {
    SimulatedSite site = installed("token");
    product.durable().site("shop", site.address()).start();
    product.backup("shop");
    product.stop();
    product.configure();
    Path yaml = folder.resolve("config/sites.yaml");
    Files.writeString(
        yaml,
        Files.readString(yaml)
            .replaceFirst("secret: " + RunningProduct.SECRET, "token: \"" + TOKEN + "\""));
    product.startAsItIs();

    assertThat(product.backup("shop").data().state()).isEqualTo("completed");

    assertThat(site.requests("startBackup"))
        .extracting(request -> request.path().replaceFirst(".*(v[23]).*", "$1"))
        .containsExactly("v2", "v3");
  }

  @Test
  void api_v3_is_found_also_where_only_its_rewritten_address_is_served() throws Exception {
    SimulatedSite site = installed("token");
    try (RewritingServer server = new RewritingServer(site.address())) {
      product.site("shop", server.address(), "token: " + TOKEN).start();

      assertThat(product.backup("shop").data().state()).isEqualTo("completed");
      assertThat(server.served()).contains("/shop/api/v3/akeebabackup/startBackup");
    }
  }

  @Test
  void a_pasted_address_of_the_retired_api_leads_to_the_one_that_is_there() throws Exception {
    SimulatedSite site = installed("joomla");
    String pasted = "index.php?option=com_akeeba&view=json&format=component";
    product.site("shop", site.address().resolve(pasted)).start();

    assertThat(product.backup("shop").data().state()).isEqualTo("completed");
  }

  @Test
  void a_site_that_redirects_elsewhere_is_asked_there_at_once() throws Exception {
    SimulatedSite site = installed("wordpress");
    SimulatedSite old = product.server().wordpress("old");
    old.access().movedTo(site.address());
    product.site("shop", old.address()).start();

    assertThat(product.backup("shop").data().state()).isEqualTo("completed");

    assertThat(old.requests()).hasSize(1);
    assertThat(asked(site)).hasSize(4);
  }
}
