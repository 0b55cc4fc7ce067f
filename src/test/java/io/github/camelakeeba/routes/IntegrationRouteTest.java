package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.camelakeeba.akeeba.SiteQuery;
import io.github.camelakeeba.archive.DownloadRequest;
import io.github.camelakeeba.archive.DownloadedArchive;
import io.github.camelakeeba.integration.PendingOutcome;
import io.github.camelakeeba.run.BackupRequest;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ShippedRoute("integration")
class IntegrationRouteTest extends RouteTestSupport {

  @Test
  void a_host_gets_the_outcome_and_keeps_its_headers() {
    bean("backup-host-requests")
        .answers("readRequest", mock(BackupRequest.class))
        .answers("reply", "the event");
    endpointAnswers("direct:backup-await-outcome", mock(PendingOutcome.class));

    Exchange host =
        send("backup-ask", exchange -> exchange.getMessage().setHeader("mine", "stays"));

    assertStory(
        "backup-host-requests.readRequest",
        "direct:backup-request",
        "direct:backup-await-outcome",
        "backup-host-requests.reply");
    assertThat(host.getMessage().getBody()).isEqualTo("the event");
    assertThat(host.getMessage().getHeader("mine")).isEqualTo("stays");
    assertThat(host.getProperty("backup-pending-request")).isNull();
  }

  @Test
  void a_request_that_fails_fails_the_exchange_of_the_host() {
    bean("backup-host-requests").answers("readRequest", new IllegalStateException("no site"));

    assertThat(send("backup-ask", "nowhere").getException()).hasMessage("no site");
    assertThat(received("direct:backup-request")).isEmpty();
  }

  @Test
  void a_download_gives_json() {
    DownloadedArchive archive = mock(DownloadedArchive.class);
    bean("backup-download-request-reader")
        .answers("read", mock(DownloadRequest.class))
        .answers("toJson", "{}");
    endpointAnswers("direct:akeeba-download", archive);

    Exchange host = send("backup-download", "shop");

    assertStory(
        "backup-download-request-reader.read",
        "direct:akeeba-download",
        "backup-download-request-reader.toJson");
    assertThat(bean("backup-download-request-reader").call("toJson")).contains(archive);
    assertThat(host.getMessage().getBody()).isEqualTo("{}");
  }

  @Test
  void an_event_goes_to_a_channel_and_the_body_of_the_host_stays() {
    Exchange host = send("backup-tell", "the event");

    assertStory("backup-event-publisher.publish");
    assertThat(host.getMessage().getBody()).isEqualTo("the event");
  }

  @ParameterizedTest
  @CsvSource({
    "profiles, direct:akeeba-get-profiles",
    "backup-info, direct:akeeba-get-backup-info",
    "list-backups, direct:akeeba-list-backups"
  })
  void each_query_asks_its_operation_and_gives_json(String query, String operation) {
    bean("backup-site-queries").answers("read", mock(SiteQuery.class)).answers("toJson", "{}");

    Exchange host =
        send("backup-query", exchange -> exchange.setVariable("backup-kamelet-query", query));

    assertStory("backup-site-queries.read", operation, "backup-site-queries.toJson");
    assertThat(host.getMessage().getBody()).isEqualTo("{}");
  }
}
