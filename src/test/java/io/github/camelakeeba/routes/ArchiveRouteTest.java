package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.camelakeeba.archive.DownloadRequest;
import io.github.camelakeeba.archive.DownloadedArchive;
import io.github.camelakeeba.keep.ArchiveDelivery;
import io.github.camelakeeba.keep.DownloadPlan;
import io.github.camelakeeba.keep.StoredArchive;
import io.github.camelakeeba.run.Run;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

@ShippedRoute("archive")
class ArchiveRouteTest extends RouteTestSupport {
  private final Run run = mock(Run.class);
  private final StoredArchive stored = mock(StoredArchive.class);

  private void download() {
    bean("backup-archive-retention")
        .answers("findStored", null, stored)
        .answers("plan", new DownloadPlan(run, mock(DownloadRequest.class)));
    endpointAnswers("direct:akeeba-download", mock(DownloadedArchive.class));
  }

  @Test
  void an_archive_is_verified_downloaded_delivered_and_older_ones_go() {
    download();
    bean("backup-archive-delivery")
        .answers("deliveries", List.of(mock(ArchiveDelivery.FileDelivery.class)));

    send("backup-archive", run);

    assertStory(
        "backup-archive-retention.findStored",
        "direct:backup-verify",
        "backup-archive-retention.plan",
        "direct:akeeba-download",
        "backup-archive-delivery.deliveries",
        "backup-archive-delivery.deliver",
        "backup-archive-delivery.deleteLocalFiles",
        "backup-archive-retention.store",
        "backup-archive-retention.findStored",
        "direct:backup-retain");
  }

  @Test
  void an_archive_that_is_stored_already_is_not_verified_again() {
    bean("backup-archive-retention")
        .answers("findStored", stored)
        .answers("plan", new DownloadPlan(run, null));

    send("backup-archive", run);

    assertStory(
        "backup-archive-retention.findStored",
        "backup-archive-retention.plan",
        "direct:backup-retain");
  }

  @Test
  void without_a_download_nothing_is_let_go() {
    bean("backup-archive-retention").answers("plan", new DownloadPlan(run, null));

    assertThat(send("backup-archive", run).getMessage().getBody()).isSameAs(run);

    assertStory(
        "backup-archive-retention.findStored",
        "direct:backup-verify",
        "backup-archive-retention.plan");
  }

  @Test
  void a_download_that_fails_is_reported_and_not_delivered() {
    download();
    endpointAnswers("direct:akeeba-download", new IOException("no space left"));

    send("backup-archive", run);

    assertThat(story())
        .contains("backup-archive-retention.reportDownloadFailure")
        .doesNotContain("backup-archive-delivery.deliveries");
  }

  @Test
  void a_delivery_that_fails_stops_at_the_first_file() {
    download();
    ArchiveDelivery.FileDelivery file = mock(ArchiveDelivery.FileDelivery.class);
    bean("backup-archive-delivery")
        .answers("deliveries", List.of(file, file))
        .answers("deliver", new IOException("no route to host"))
        .answers("rejectDelivery", new IllegalStateException("not delivered"));

    send("backup-archive", run);

    assertThat(bean("backup-archive-delivery").calls("deliver")).hasSize(1);
    assertThat(bean("backup-archive-delivery").calls("deleteLocalFiles")).isEmpty();
    assertThat(story())
        .containsSubsequence(
            "backup-archive-delivery.rejectDelivery",
            "backup-archive-retention.reportDownloadFailure");
  }

  @Test
  void an_error_of_the_java_machine_is_no_failed_download() {
    download();
    endpointAnswers("direct:akeeba-download", new InternalError("of the machine"));

    assertThat(send("backup-archive", run).getException())
        .hasRootCauseInstanceOf(InternalError.class);
    assertThat(bean("backup-archive-retention").calls("reportDownloadFailure")).isEmpty();
  }

  @Test
  void nor_is_it_a_failed_delivery() {
    download();
    bean("backup-archive-delivery").answers("deliveries", new InternalError("of the machine"));

    assertThat(send("backup-archive", run).getException())
        .hasRootCauseInstanceOf(InternalError.class);
    assertThat(bean("backup-archive-delivery").calls("rejectDelivery")).isEmpty();
  }
}
