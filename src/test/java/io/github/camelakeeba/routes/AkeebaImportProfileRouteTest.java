package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.ExportedProfile;
import io.github.camelakeeba.akeeba.SiteQuery;
import io.github.camelakeeba.akeeba.client.ProfileImport;
import io.github.camelakeeba.akeeba.http.ApiQuery;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ShippedRoute("akeeba-import-profile")
class AkeebaImportProfileRouteTest extends RouteTestSupport {

  @BeforeEach
  void a_site() {
    endpointAnswers("direct:akeeba-get-profiles", List.of("before"), List.of("after"));
    bean("akeeba-profile-import")
        .answers("question", mock(ApiQuery.class))
        .answers("newProfileId", mock(SiteQuery.class));
    endpointAnswers("direct:akeeba-export-profile", mock(ExportedProfile.class));
  }

  @Test
  void a_profile_is_sent_once_and_what_came_of_it_is_compared() {
    send("akeeba-import-profile", mock(ProfileImport.ImportRequest.class));

    assertStory(
        "direct:akeeba-get-profiles",
        "akeeba-profile-import.question",
        "direct:akeeba-send",
        "direct:akeeba-get-profiles",
        "akeeba-profile-import.newProfileId",
        "direct:akeeba-export-profile",
        "akeeba-profile-import.verifyImport");
  }

  @Test
  void a_lost_answer_fails_and_is_not_repeated() {
    endpointAnswers("direct:akeeba-send", new AkeebaException(ErrorKind.TIMEOUT, "no answer"));

    assertThat(
            send("akeeba-import-profile", mock(ProfileImport.ImportRequest.class)).getException())
        .hasMessage("no answer");

    assertThat(received("direct:akeeba-send")).hasSize(1);
  }
}
