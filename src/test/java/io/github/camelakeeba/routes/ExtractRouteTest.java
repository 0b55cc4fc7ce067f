package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.akeeba.BackupInfo;
import io.github.camelakeeba.akeeba.SiteQuery;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.extract.PathFilter;
import io.github.camelakeeba.integration.ExtractRequests;
import io.github.camelakeeba.keep.ArchiveQuery;
import io.github.camelakeeba.keep.LocatedArchive;
import java.util.List;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ShippedRoute("extract")
class ExtractRouteTest extends RouteTestSupport {
  private final LocatedArchive archive =
      new LocatedArchive("shop", "id-1", 12, LocatedArchive.Place.FOLDER, "/srv", null);
  private final Site shop = mock(Site.class);

  @BeforeEach
  void a_site() {
    when(shop.name()).thenReturn("shop");
    bean("backup-archive-locator").answers("onSite", archive);
    endpointAnswers("direct:akeeba-get-backup-info", mock(BackupInfo.class));
    endpointAnswers("direct:akeeba-list-backups", List.of());
  }

  private ArchiveQuery query(String id) {
    return ArchiveQuery.of(shop, id);
  }

  @Test
  void one_at_home_is_read_from_there_and_the_site_is_not_asked() {
    bean("backup-archive-locator").answers("findAtHome", archive);

    Exchange located = send("backup-locate-archive", query("12"));

    assertThat(located.getMessage().getBody()).isSameAs(archive);
    assertStory("backup-archive-locator.findAtHome");
  }

  @Test
  void one_that_is_nowhere_else_is_read_from_its_site() {
    Exchange located = send("backup-locate-archive", query("12"));

    assertThat(located.getMessage().getBody()).isSameAs(archive);
    assertStory(
        "backup-archive-locator.findAtHome",
        "direct:akeeba-get-backup-info",
        "backup-archive-locator.onSite");
    assertThat(
            received("direct:akeeba-get-backup-info")
                .get(0)
                .getMessage()
                .getBody(SiteQuery.class)
                .recordId())
        .isEqualTo(12);
  }

  @Test
  void without_its_number_its_record_is_looked_for() {
    bean("backup-archive-locator").answers("chooseRecord", query("7"));

    send("backup-locate-archive", query("latest"));

    assertStory(
        "backup-archive-locator.findAtHome",
        "direct:akeeba-list-backups",
        "backup-archive-locator.chooseRecord",
        "direct:akeeba-get-backup-info",
        "backup-archive-locator.onSite");
    assertThat(
            received("direct:akeeba-get-backup-info")
                .get(0)
                .getMessage()
                .getBody(SiteQuery.class)
                .recordId())
        .isEqualTo(7);
  }

  @Test
  void another_route_gets_what_was_extracted_as_json() {
    bean("backup-archive-locator").answers("findAtHome", archive);
    bean("backup-extract-requests")
        .answers("read", new ExtractRequests.Order(query("12"), "to", PathFilter.ALL, null, false))
        .answers("extract", new ExtractRequests.Extracted(archive, null))
        .answers("toJson", "{}");

    Exchange host = send("backup-extract", "shop");

    assertStory(
        "backup-extract-requests.read",
        "backup-archive-locator.findAtHome",
        "backup-extract-requests.extract",
        "backup-extract-requests.toJson");
    assertThat(bean("backup-extract-requests").call("extract")).contains(archive);
    assertThat(host.getMessage().getBody()).isEqualTo("{}");
  }
}
