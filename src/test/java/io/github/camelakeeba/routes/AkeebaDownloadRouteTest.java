package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.BackupInfo;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.http.ApiQuery;
import io.github.camelakeeba.archive.ArchiveDownload;
import io.github.camelakeeba.archive.DownloadRequest;
import io.github.camelakeeba.archive.DownloadedArchive;
import io.github.camelakeeba.archive.FileDownload;
import java.util.List;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ShippedRoute("akeeba-download")
class AkeebaDownloadRouteTest extends RouteTestSupport {
  private final AkeebaException lost = new AkeebaException(ErrorKind.TIMEOUT, "no answer");
  private final FileDownload done = file(false);

  private static FileDownload file(boolean open) {
    FileDownload file = mock(FileDownload.class);
    when(file.open()).thenReturn(open);
    when(file.host()).thenReturn("shop.example.com");
    when(file.query()).thenReturn(mock(ApiQuery.class));
    return file;
  }

  private Exchange download() {
    return send("akeeba-download", mock(DownloadRequest.class));
  }

  @BeforeEach
  void an_archive_of_one_file() {
    endpointAnswers("direct:akeeba-get-backup-info", mock(BackupInfo.class));
    ArchiveDownload archive = mock(ArchiveDownload.class);
    List<FileDownload> files = List.of(done, file(true));
    when(archive.files()).thenReturn(files);
    bean("backup-archive-downloader").answers("next", done);
    bean("backup-download-folder")
        .answers("plan", archive)
        .answers("verify", mock(DownloadedArchive.class));
  }

  @Test
  void missing_files_are_fetched_and_the_archive_is_verified() {
    Exchange downloaded = download();

    assertThat(downloaded.getException()).isNull();
    assertThat(downloaded.getMessage().getBody()).isInstanceOf(DownloadedArchive.class);
    assertStory(
        "direct:akeeba-get-backup-info",
        "backup-download-folder.plan",
        "direct:akeeba-pause",
        "direct:akeeba-send",
        "backup-archive-downloader.next",
        "backup-download-folder.verify");
  }

  @Test
  void a_break_goes_on_piece_by_piece() {
    endpointAnswers("direct:akeeba-send", lost, "the rest");
    bean("backup-archive-downloader").answers("next", file(true), done);

    download();

    assertThat(bean("backup-archive-downloader").calls("next"))
        .extracting(arguments -> arguments[1])
        .containsExactly(lost, "the rest");
  }

  @Test
  void a_download_that_fails_is_cleaned_up() {
    bean("backup-archive-downloader").answers("next", lost);

    download();

    assertThat(story())
        .endsWith("backup-download-folder.abortDownload")
        .doesNotContain("backup-download-folder.verify");
  }
}
