package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.BackupInfo;
import io.github.camelakeeba.akeeba.DeletionRequest;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.http.ApiQuery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ShippedRoute("akeeba-delete")
class AkeebaDeleteRouteTest extends RouteTestSupport {
  private final BackupInfo before = mock(BackupInfo.class);
  private final BackupInfo after = mock(BackupInfo.class);
  private final DeletionRequest request = mock(DeletionRequest.class);

  @BeforeEach
  void a_backup() {
    endpointAnswers("direct:akeeba-get-backup-info", before, after);
    bean("akeeba-deletion").answers("checkDeletable", mock(ApiQuery.class));
  }

  @Test
  void the_record_is_looked_at_before_and_after() {
    send("akeeba-delete", request);

    assertStory(
        "direct:akeeba-get-backup-info",
        "akeeba-deletion.checkDeletable",
        "direct:akeeba-send",
        "direct:akeeba-get-backup-info",
        "akeeba-deletion.verifyDeleted");
    assertThat(bean("akeeba-deletion").call("verifyDeleted"))
        .containsExactly(request, before, null, after);
  }

  @Test
  void a_backup_that_must_stay_is_not_deleted() {
    bean("akeeba-deletion")
        .answers("checkDeletable", new AkeebaException(ErrorKind.INTERNAL, "it is frozen"));

    assertThat(send("akeeba-delete", request).getException()).hasMessageContaining("it is frozen");

    assertThat(received("direct:akeeba-send")).isEmpty();
  }

  @Test
  void a_lost_answer_is_a_doubt_that_the_record_settles() {
    AkeebaException lost = new AkeebaException(ErrorKind.TIMEOUT, "no answer");
    endpointAnswers("direct:akeeba-send", lost);

    assertThat(send("akeeba-delete", request).getException()).isNull();

    assertThat(received("direct:akeeba-send")).hasSize(1);
    assertThat(bean("akeeba-deletion").call("verifyDeleted"))
        .containsExactly(request, before, lost, after);
  }
}
