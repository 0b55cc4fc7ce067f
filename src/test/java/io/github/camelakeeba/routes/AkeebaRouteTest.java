package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.OperationInput;
import io.github.camelakeeba.akeeba.http.ApiQuery;
import io.github.camelakeeba.run.Run;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ShippedRoute("akeeba")
class AkeebaRouteTest extends RouteTestSupport {
  private final ApiQuery query = mock(ApiQuery.class);

  @ParameterizedTest
  @CsvSource({
    "get-version, getVersion",
    "get-profiles, getProfiles",
    "list-backups, listBackups",
    "get-backup-info, getBackupInfo",
    "export-profile, exportProfile",
    "download-beginning, downloadBeginning"
  })
  void what_changes_nothing_may_be_asked_again(String operation, String method) {
    bean("akeeba-requests").answers(method, query);

    send("akeeba-" + operation, mock(OperationInput.class));

    assertStory("akeeba-requests." + method, "direct:akeeba-read");
    assertThat(received("direct:akeeba-read").get(0).getMessage().getBody()).isSameAs(query);
  }

  @ParameterizedTest
  @CsvSource({"start-backup, startBackup", "step-backup, stepBackup"})
  void a_start_and_a_step_are_sent_once(String operation, String method) {
    bean("akeeba-requests").answers(method, query);
    endpointAnswers("direct:akeeba-send", new AkeebaException(ErrorKind.TIMEOUT, "no answer"));

    assertThat(send("akeeba-" + operation, mock(Run.class)).getException()).hasMessage("no answer");

    assertStory("akeeba-requests." + method, "direct:akeeba-send");
  }
}
