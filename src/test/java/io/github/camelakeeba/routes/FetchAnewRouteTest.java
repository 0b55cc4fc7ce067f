package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.Deadline;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.archive.DownloadRequest;
import io.github.camelakeeba.archive.DownloadedArchive;
import io.github.camelakeeba.recheck.CheckedArchive;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ShippedRoute("fetch-anew")
class FetchAnewRouteTest extends RouteTestSupport {
  private final CheckedArchive one = mock(CheckedArchive.class, RETURNS_DEEP_STUBS);
  private final DownloadedArchive fetched = mock(DownloadedArchive.class);

  @BeforeEach
  void plan() {
    when(one.archive().site()).thenReturn("shop");
    when(one.archive().local()).thenReturn(true);
    when(fetched.files())
        .thenReturn(
            List.of(
                new DownloadedArchive.File("a.j01", 1, ""),
                new DownloadedArchive.File("a.jpa", 1, "")));
    bean("backup-archive-replacement")
        .answers("plan", mock(DownloadRequest.class))
        .answers("deadline", Deadline.NONE);
    endpointAnswers("direct:akeeba-download", fetched);
  }

  private void fetch() {
    send(
        "backup-fetch-anew",
        exchange -> {
          exchange.getMessage().setBody(one);
          exchange.setVariable("backup-damaged-archive", one);
        });
  }

  @Test
  void what_was_fetched_and_checked_takes_the_place_of_the_damaged_files() {
    fetch();

    assertStory(
        "backup-archive-replacement.deadline",
        "backup-archive-replacement.plan",
        "direct:akeeba-download",
        "backup-archive-replacement.check",
        "backup-archive-replacement.replace",
        "backup-archive-replacement.tidy",
        "begin backup-transaction-without-retry",
        "backup-archive-replacement.recordMended",
        "commit");
  }

  @Test
  void at_an_endpoint_each_file_replaces_its_namesake() {
    when(one.archive().local()).thenReturn(false);

    fetch();

    assertThat(bean("backup-archive-delivery").calls("deliver")).hasSize(2);
    assertThat(story()).contains("backup-archive-replacement.recordMended");
  }

  @Test
  void what_can_not_be_fetched_leaves_the_damaged_files_and_is_reported() {
    endpointAnswers(
        "direct:akeeba-download", new AkeebaException(ErrorKind.VERIFICATION, "no files"));
    bean("backup-archive-replacement").answers("recordFailure", "no files");

    fetch();

    assertThat(story())
        .contains("backup-archive-replacement.recordFailure", "commit")
        .doesNotContain(
            "backup-archive-replacement.replace", "backup-archive-replacement.recordMended");
    assertThat(logged()).singleElement().asString().startsWith("WARN").endsWith("no files");
  }
}
