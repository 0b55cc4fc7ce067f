package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.OperationInput;
import io.github.camelakeeba.run.Run;
import org.apache.camel.Exchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ShippedRoute("akeeba")
class AkeebaRouteTest extends RouteTestSupport {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "get-version",
        "get-profiles",
        "list-backups",
        "get-backup-info",
        "export-profile",
        "download-beginning"
      })
  void what_changes_nothing_may_be_asked_again(String operation) {
    OperationInput input = mock(OperationInput.class);

    send("akeeba-" + operation, input);

    assertStory("direct:akeeba-read");
    Exchange read = received("direct:akeeba-read").get(0);
    assertThat(read.getVariable("akeeba-operation")).isEqualTo(operation);
    assertThat(read.getMessage().getBody()).isSameAs(input);
  }

  @ParameterizedTest
  @ValueSource(strings = {"start-backup", "step-backup"})
  void a_start_and_a_step_are_sent_once(String operation) {
    Run run = mock(Run.class);
    endpointAnswers("direct:akeeba-send", new AkeebaException(ErrorKind.TIMEOUT, "no answer"));

    assertThat(send("akeeba-" + operation, run).getException()).hasMessage("no answer");

    assertStory("direct:akeeba-send");
    Exchange sent = received("direct:akeeba-send").get(0);
    assertThat(sent.getVariable("akeeba-operation")).isEqualTo(operation);
    assertThat(sent.getMessage().getBody()).isSameAs(run);
  }
}
