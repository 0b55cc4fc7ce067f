package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.ExportedProfile;
import io.github.camelakeeba.akeeba.SiteQuery;
import io.github.camelakeeba.akeeba.client.ProfileImport.ImportRequest;
import java.util.List;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ShippedRoute("akeeba-import-profile")
class AkeebaImportProfileRouteTest extends RouteTestSupport {

  @BeforeEach
  void a_site() {
    endpointAnswers("direct:akeeba-get-profiles", List.of("before"), List.of("after"));
    bean("akeeba-profile-import").answers("newProfileId", mock(SiteQuery.class));
    endpointAnswers("direct:akeeba-export-profile", mock(ExportedProfile.class));
  }

  @Test
  void a_profile_is_sent_once_and_what_came_of_it_is_compared() {
    ImportRequest request = mock(ImportRequest.class);

    send("akeeba-import-profile", request);

    assertStory(
        "direct:akeeba-get-profiles",
        "direct:akeeba-send",
        "direct:akeeba-get-profiles",
        "akeeba-profile-import.newProfileId",
        "direct:akeeba-export-profile",
        "akeeba-profile-import.verifyImport");
    Exchange sent = received("direct:akeeba-send").get(0);
    assertThat(sent.getVariable("akeeba-operation")).isEqualTo("import-profile");
    assertThat(sent.getMessage().getBody()).isSameAs(request);
  }

  @Test
  void a_lost_answer_fails_and_is_not_repeated() {
    endpointAnswers("direct:akeeba-send", new AkeebaException(ErrorKind.TIMEOUT, "no answer"));

    assertThat(send("akeeba-import-profile", mock(ImportRequest.class)).getException())
        .hasMessage("no answer");

    assertThat(received("direct:akeeba-send")).hasSize(1);
  }
}
