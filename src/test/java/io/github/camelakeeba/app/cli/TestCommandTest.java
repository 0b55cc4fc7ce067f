package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class TestCommandTest {
  @TempDir Path home;
  private final SimulatedServer server = SimulatedServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private SimulatedSite site(String product) {
    SimulatedSite site =
        switch (product) {
          case "joomla" -> server.joomla("shop");
          case "wordpress" -> server.wordpress("shop");
          default -> server.solo("shop");
        };
    return site.secret(RunningProduct.SECRET).profiles(1, "Everything", 3, "Database only");
  }

  @ParameterizedTest
  @ValueSource(strings = {"joomla", "wordpress", "solo"})
  void says_what_is_there_and_that_the_secret_works(String product) throws Exception {
    SimulatedSite shop = site(product);

    Program.Ended test = new Program(home).site("shop", shop.url()).run("test", "shop");

    assertThat(test.code()).isZero();
    assertThat(test.err()).isEmpty();
    assertThat(test.out())
        .startsWith("shop answers, and the secret works.")
        .contains("endpoint  " + shop.url())
        .containsPattern("(?i)product   Akeeba (Backup for )?" + product + " [0-9.]+ [(]pro[)]")
        .containsPattern("API       v2, level [46]00")
        .contains("profile   1  Everything", "profile   3  Database only")
        .doesNotContain(RunningProduct.SECRET);
    assertThat(shop.requests("startBackup")).isEmpty();
  }

  @Test
  void json_is_one_object_on_stdout_and_nothing_else() throws Exception {
    Program.Ended test =
        new Program(home).site("shop", site("joomla").url()).run("test", "shop", "--json");

    assertThat(test.code()).isZero();
    assertThat(test.err()).isEmpty();
    assertThat(test.out().lines()).hasSize(1);
    JsonNode found = new ObjectMapper().readTree(test.out());
    assertThat(found.path("api").asInt()).isEqualTo(600);
    assertThat(found.path("profiles")).hasSize(2);
  }

  @Test
  void an_unknown_site_is_answered_with_those_that_there_are() throws Exception {
    Program.Ended test = new Program(home).site("shop", site("joomla").url()).run("test", "shopp");

    assertThat(test.code()).isEqualTo(ExitCode.USAGE);
    assertThat(test.errLines())
        .containsExactly("there is no site 'shopp'; config/sites.yaml has: shop");
  }

  private void fails(URI url, String... words) throws Exception {
    Program.Ended test =
        new Program(home)
            .properties("backup.recovery.pause = 50ms\n")
            .site("shop", url)
            .run("test", "shop");

    assertThat(test.code()).isEqualTo(ExitCode.FAILED);
    assertThat(test.out()).isEmpty();
    assertThat(test.errLines()).hasSize(1);
    assertThat(test.err())
        .startsWith("shop: ")
        .contains(words)
        .doesNotContain(RunningProduct.SECRET);
  }

  @Test
  void a_port_where_nobody_listens() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = socket.getLocalPort();
      socket.close();
      fails(
          URI.create("http://127.0.0.1:" + port + "/remote.php"),
          "unreachable",
          "refuses the connection");
    }
  }

  @Test
  void a_host_that_has_no_address() throws Exception {
    fails(URI.create("http://shop.invalid/remote.php"), "unreachable", "shop.invalid");
  }

  @Test
  void a_wrong_secret_lists_every_cause() throws Exception {
    SimulatedSite shop = site("joomla").secret("quite-another-one");
    fails(shop.url(), "refused-secret", "secret", "switched off", "Core");
  }

  @Test
  void an_api_that_is_switched_off_lists_every_cause() throws Exception {
    fails(site("joomla").apiEnabled(false).url(), "refused-secret", "switched off", "Core");
  }

  @Test
  void a_web_page_in_place_of_the_endpoint() throws Exception {
    String page = "<!DOCTYPE html><html><head><title>My shop</title></head><body>Hi</body></html>";
    SimulatedSite shop =
        site("joomla").fault(Fault.onAny().always().answer(200, "text/html", page));
    fails(shop.url(), "not-found", "My shop", "the address is wrong");
  }

  @Test
  void a_site_whose_database_is_down() throws Exception {
    SimulatedSite shop = site("wordpress").fault(Fault.onAny().always().html200());
    fails(shop.url(), "unreachable", "Error establishing a database connection");
  }

  @Test
  void a_page_that_is_not_there() throws Exception {
    SimulatedSite shop = site("joomla").fault(Fault.onAny().always().page(404, "Not Found"));
    fails(shop.url(), "not-found", "404");
  }

  @Test
  void a_wordpress_without_the_plugin() throws Exception {
    // admin-ajax.php answers an action that nobody has registered with 400 and "0"
    SimulatedSite shop =
        site("wordpress")
            .fault(Fault.onAny().always().answer(400, "text/html; charset=UTF-8", "0"));
    fails(shop.url(), "not-found", "plugin");
  }

  @Test
  void a_server_that_is_unavailable() throws Exception {
    fails(site("joomla").fault(Fault.onAny().always().html503()).url(), "unreachable", "503");
  }

  @Test
  void says_where_the_api_was_found_and_where_it_was_not() throws Exception {
    SimulatedSite shop = site("joomla");

    Program.Ended test = new Program(home).site("shop", shop.address()).run("test", "shop");

    assertThat(test.code()).isZero();
    assertThat(test.out())
        .contains("endpoint  " + shop.url(), "found     by 2 requests")
        .contains("not at    " + shop.address() + "api/index.php/v2/akeebabackup", "HTTP 404")
        .doesNotContain("warning", RunningProduct.SECRET);
    Program.Ended json =
        new Program(home).site("shop", shop.address()).run("test", "shop", "--json");
    JsonNode found = new ObjectMapper().readTree(json.out());
    assertThat(found.path("requests").asInt()).isEqualTo(2);
    assertThat(found.path("apiVersion").asText()).isEqualTo("v2");
    assertThat(found.path("notAt").path(0).path("endpoint").asText()).contains("/api/");
  }

  @Test
  void a_token_works_as_well_as_a_secret() throws Exception {
    SimulatedSite shop = site("joomla");
    shop.access().webServices("A-token-of-a-user+/=");

    Program.Ended test =
        new Program(home)
            .sites(
                "sites: {shop: {url: \"%s\", token: \"A-token-of-a-user+/=\"}}"
                    .formatted(shop.address()))
            .run("test", "shop");

    assertThat(test.out())
        .startsWith("shop answers, and the token works.")
        .contains("API       v3, level 600")
        .doesNotContain("A-token-of-a-user");
  }

  private Program several() throws Exception {
    SimulatedSite shop = site("joomla");
    SimulatedSite blog = server.wordpress("blog").secret("quite-another-one");
    return new Program(home)
        .properties("backup.recovery.pause = 50ms\n")
        .site("shop", shop.url(), "tags: [north]", "host: web1")
        .site("blog", blog.url(), "tags: [south]", "host: web2")
        .site("again", shop.url(), "tags: [north, south]", "host: web1")
        .site("off", shop.url(), "tags: [north]", "enabled: false");
  }

  @Test
  void several_sites_are_one_line_each_in_their_order_and_the_worst_is_the_exit_code()
      throws Exception {
    Program.Ended test = several().run("test", "--all");

    assertThat(test.code()).isEqualTo(ExitCode.FAILED);
    assertThat(test.err()).isEmpty();
    assertThat(test.out().lines())
        .hasSize(6)
        .satisfiesExactly(
            head -> assertThat(head).matches("SITE +STATE +PRODUCT +API +WHY"),
            shop ->
                assertThat(shop).matches("shop +good +Akeeba.* [0-9.]+ [(]pro[)] +v2, level 600"),
            blog -> assertThat(blog).matches("blog +refused-secret +- +- +.*secret.*"),
            again -> assertThat(again).matches("again +good +Akeeba.*"),
            empty -> assertThat(empty).isEmpty(),
            sum -> assertThat(sum).isEqualTo("2 of 3 answer"));
    assertThat(test.out()).doesNotContain(RunningProduct.SECRET, "\u001b");
  }

  @Test
  void those_with_a_tag_and_those_that_are_named_are_tested() throws Exception {
    Program program = several();
    Program.Ended north = program.run("test", "--tag", "north");
    assertThat(north.code()).isZero();
    assertThat(north.out()).contains("shop ", "again ", "2 of 2 answer").doesNotContain("off ");
    assertThat(program.run("test", "shop", "off").out()).contains("shop ", "off ", "2 of 2 answer");

    assertThat(program.run("test", "--tag", "west").errLines())
        .containsExactly("no enabled site has the tag 'west'");
    Program.Ended none = program.run("test");
    assertThat(none.code()).isEqualTo(ExitCode.USAGE);
    assertThat(none.errLines())
        .containsExactly(
            "name a site, or say --all; config/sites.yaml has: shop, blog, again, off");
  }

  @Test
  void several_sites_are_one_json_object() throws Exception {
    Program.Ended test = several().run("test", "--all", "--json");

    assertThat(test.code()).isEqualTo(ExitCode.FAILED);
    JsonNode sites = new ObjectMapper().readTree(test.out()).path("sites");
    assertThat(sites).hasSize(3);
    assertThat(sites.at("/0/api").asInt()).isEqualTo(600);
    assertThat(sites.at("/1/error/kind").asText()).isEqualTo("refused-secret");
    assertThat(sites.at("/2/site").asText()).isEqualTo("again");
  }
}
