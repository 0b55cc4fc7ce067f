package io.github.camelakeeba.akeeba.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.config.yaml.SitesLoader;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clients of sites while the configuration changes. */
class SiteHttpClientsTest {
  @TempDir Path home;

  private Site site(int proxy) {
    String yaml =
        "sites: {shop: {url: https://shop.example, secret: a-word%s}}"
            .formatted(proxy == 0 ? "" : ", proxy: \"http://127.0.0.1:" + proxy + "\"");
    return new SitesLoader()
        .load(yaml, "sites.yaml", home, text -> text)
        .sites()
        .values()
        .iterator()
        .next();
  }

  private static SiteHttpClients clients(Collection<Site> sites) {
    SiteHttpClients clients = new SiteHttpClients(sites, 4, Timings.SHIPPED);
    clients.component();
    return clients;
  }

  @Test
  void sites_with_different_proxies_never_share_a_client_however_they_come_and_go() {
    SiteHttpClients clients = clients(List.of(site(0), site(1)));
    clients.follow(List.of(site(0), site(2)), 4);
    clients.follow(List.of(site(3)), 4);

    assertThat(List.of(site(0), site(1), site(2), site(3)).stream().map(clients::clientName))
        .doesNotHaveDuplicates();
  }

  @Test
  void one_that_no_site_needs_any_more_is_closed_but_not_that_of_a_run_in_flight() {
    SiteHttpClients clients = clients(List.of(site(1)));
    String first = clients.clientName(site(1));
    clients.follow(List.of(site(2)), 4);

    assertThat(clients.closeUnused(List.of(site(2), site(1)))).isTrue();
    assertThat(clients.open()).contains(first);

    assertThat(clients.closeUnused(List.of(site(2)))).isTrue();
    assertThat(clients.open()).containsExactly(clients.clientName(site(2)));
  }

  @Test
  void one_with_a_call_under_way_is_closed_after_the_call() {
    SiteHttpClients clients = clients(List.of(site(1)));
    String first = clients.clientName(site(1));
    clients.beginCall(first);
    clients.follow(List.of(site(2)), 4);

    assertThat(clients.closeUnused(List.of(site(2)))).isFalse();
    clients.endCall(first);

    assertThat(clients.closeUnused(List.of(site(2)))).isTrue();
    assertThat(clients.open()).doesNotContain(first);
  }

  @Test
  void a_call_that_was_made_before_its_client_was_closed_gets_one() throws Exception {
    SiteHttpClients clients = clients(List.of(site(1)));
    String first = clients.clientName(site(1));
    clients.follow(List.of(site(2)), 4);
    clients.closeUnused(List.of(site(2)));

    assertThat(clients.beginCall(first)).isNotNull();
    clients.endCall(first);
  }
}
