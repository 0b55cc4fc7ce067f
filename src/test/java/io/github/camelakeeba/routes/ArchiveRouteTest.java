package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.archive.DownloadRequest;
import io.github.camelakeeba.archive.DownloadedArchive;
import io.github.camelakeeba.config.DownloadSettings;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.keep.ArchiveRetention.DownloadState;
import io.github.camelakeeba.keep.StoredArchive;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.secret.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

@ShippedRoute("archive")
class ArchiveRouteTest extends RouteTestSupport {
  private final Run run = mock(Run.class);
  private final StoredArchive stored = mock(StoredArchive.class);
  private final DownloadedArchive downloaded = mock(DownloadedArchive.class);

  private Exchange archive(DownloadSettings download) {
    Site site = mock(Site.class);
    when(site.download()).thenReturn(download);
    return send(
        "backup-archive",
        exchange -> {
          exchange.getMessage().setBody(run);
          exchange.setVariable("akeeba-site", site);
        });
  }

  private static DownloadSettings toFolder() {
    return new DownloadSettings(Path.of("archives"), null, null, null, null, null, null);
  }

  private static DownloadSettings toEndpoint() {
    Secret uri = new Secret("sftp://backup@example.com/archives");
    return new DownloadSettings(null, uri, null, null, null, null, null);
  }

  private void download() {
    DownloadRequest request = mock(DownloadRequest.class);
    bean("backup-archive-retention")
        .answers("planDownload", new DownloadState(run, null, request))
        .answers("store", new DownloadState(run, stored, null));
    bean("backup-archive-comparison").answers("compare", new DownloadState(run, null, request));
    DownloadedArchive.File file = new DownloadedArchive.File("site.jpa", 9, "");
    when(downloaded.files()).thenReturn(List.of(file, file));
    endpointAnswers("direct:akeeba-download", downloaded);
  }

  @Test
  void an_archive_is_verified_downloaded_delivered_and_older_ones_go() {
    download();

    Exchange exchange = archive(toEndpoint());

    assertThat(exchange.getMessage().getBody()).isSameAs(run);
    assertThat(exchange.getVariable("backup-stored-archive")).isSameAs(stored);
    assertStory(
        "backup-archive-retention.findStored",
        "direct:backup-verify",
        "backup-archive-retention.planDownload",
        "direct:akeeba-download",
        "backup-archive-delivery.deliver",
        "backup-archive-delivery.deliver",
        "backup-archive-delivery.deleteLocalFiles",
        "backup-archive-comparison.compare",
        "backup-archive-retention.store",
        "direct:backup-retain");
    assertThat(received("direct:backup-retain").get(0).getMessage().getBody()).isSameAs(run);
  }

  @Test
  void one_that_stays_in_its_folder_is_not_delivered() {
    download();

    archive(toFolder());

    assertThat(story())
        .contains("backup-archive-retention.store", "direct:backup-retain")
        .noneMatch(step -> step.startsWith("backup-archive-delivery"));
  }

  @Test
  void an_archive_that_is_stored_already_is_not_verified_again() {
    bean("backup-archive-retention")
        .answers("findStored", stored)
        .answers("planDownload", new DownloadState(run, stored, null));

    archive(null);

    assertStory(
        "backup-archive-retention.findStored",
        "backup-archive-retention.planDownload",
        "direct:backup-retain");
  }

  @Test
  void without_a_download_nothing_is_let_go() {
    assertThat(archive(null).getMessage().getBody()).isSameAs(run);

    assertStory("backup-archive-retention.findStored", "direct:backup-verify");
  }

  @Test
  void an_archive_that_is_on_a_remote_storage_lets_nothing_go() {
    Run warned = mock(Run.class);
    bean("backup-archive-retention").answers("planDownload", new DownloadState(warned, null, null));

    assertThat(archive(toFolder()).getMessage().getBody()).isSameAs(warned);

    assertThat(story()).endsWith("backup-archive-retention.planDownload");
  }

  @Test
  void a_download_that_fails_is_reported_and_not_delivered() {
    download();
    endpointAnswers("direct:akeeba-download", new IOException("no space left"));
    IllegalStateException reported = new IllegalStateException("not downloaded");
    bean("backup-archive-retention").answers("failDownload", reported);

    assertThat(archive(toEndpoint()).getException()).isSameAs(reported);

    assertThat(story()).endsWith("backup-archive-retention.failDownload");
  }

  @Test
  void a_delivery_that_fails_stops_at_the_first_file() {
    download();
    bean("backup-archive-delivery").answers("deliver", new IOException("no route to host"));
    bean("backup-archive-retention")
        .answers("failDownload", new IllegalStateException("not downloaded"));

    archive(toEndpoint());

    assertThat(story())
        .endsWith("backup-archive-delivery.deliver", "backup-archive-retention.failDownload");
    assertThat(bean("backup-archive-delivery").calls("deliver")).hasSize(1);
  }

  @Test
  void an_error_of_the_java_machine_is_no_failed_download() {
    download();
    endpointAnswers("direct:akeeba-download", new InternalError("of the machine"));
    bean("backup-archive-retention").answers("failDownload", new InternalError("of the machine"));

    assertThat(archive(toFolder()).getException()).hasRootCauseInstanceOf(InternalError.class);
    assertThat(bean("backup-archive-retention").calls("store")).isEmpty();
  }

  @Test
  void nor_is_it_a_failed_delivery() {
    download();
    bean("backup-archive-delivery").answers("deliver", new InternalError("of the machine"));
    bean("backup-archive-retention").answers("failDownload", new InternalError("of the machine"));

    assertThat(archive(toEndpoint()).getException()).hasRootCauseInstanceOf(InternalError.class);
    assertThat(bean("backup-archive-delivery").calls("deleteLocalFiles")).isEmpty();
  }
}
