package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ArchiveSegment;
import io.github.camelakeeba.akeeba.BackupInfo;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.backup.recovery.ForeignBackupSearch;
import io.github.camelakeeba.run.Run;
import java.util.List;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

@ShippedRoute("verify")
class VerifyRouteTest extends RouteTestSupport {
  private final Run run = mock(Run.class);

  private void info(boolean readable) {
    BackupInfo info = mock(BackupInfo.class);
    when(info.readable()).thenReturn(readable);
    endpointAnswers("direct:akeeba-get-backup-info", info);
    endpointAnswers("direct:akeeba-download-beginning", mock(ArchiveSegment.class));
  }

  @Test
  void newer_backups_are_read_page_by_page_before_ours_is_called_whole() {
    ForeignBackupSearch open = mock(ForeignBackupSearch.class);
    when(open.open()).thenReturn(true);
    bean("backup-foreign-backups").answers("nextPage", open, open, mock(ForeignBackupSearch.class));
    endpointAnswers("direct:akeeba-list-backups", List.of());

    send("backup-check-other-backups", run);

    assertStory(
        "backup-foreign-backups.nextPage",
        "direct:akeeba-list-backups",
        "backup-foreign-backups.nextPage",
        "direct:akeeba-list-backups",
        "backup-foreign-backups.nextPage",
        "backup-foreign-backups.checkDestroyed");
  }

  @Test
  void an_archive_that_can_be_read_must_begin_as_one() {
    info(true);

    Exchange verified = send("backup-verify", run);

    assertStory(
        "direct:akeeba-get-backup-info",
        "backup-verifier.verifyRecord",
        "direct:akeeba-download-beginning",
        "backup-archive-check.verifyArchive");
    assertThat(verified.getVariable("backup-beginning")).isNull();
  }

  @Test
  void one_that_can_not_be_read_is_verified_by_its_record() {
    info(false);

    send("backup-verify", run);

    assertStory(
        "direct:akeeba-get-backup-info",
        "backup-verifier.verifyRecord",
        "backup-archive-check.verifyArchive");
  }

  @Test
  void a_record_that_is_not_complete_ends_the_verification() {
    info(true);
    bean("backup-verifier")
        .answers("verifyRecord", new AkeebaException(ErrorKind.INTERNAL, "the record says fail"));

    assertThat(send("backup-verify", run).getException())
        .hasMessageContaining("the record says fail");

    assertThat(received("direct:akeeba-download-beginning")).isEmpty();
  }
}
