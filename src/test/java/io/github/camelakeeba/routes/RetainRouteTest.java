package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.DeletionRequest;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.keep.StoredArchive;
import io.github.camelakeeba.run.Run;
import java.util.List;
import org.apache.camel.component.seda.SedaEndpoint;
import org.junit.jupiter.api.Test;

@ShippedRoute("retain")
class RetainRouteTest extends RouteTestSupport {
  private final Run run = mock(Run.class);

  private StoredArchive expired(boolean local) {
    StoredArchive archive = mock(StoredArchive.class);
    when(archive.local()).thenReturn(local);
    when(archive.backupid()).thenReturn("id1");
    when(archive.files()).thenReturn(List.of("site.jpa", "site.j01"));
    bean("backup-archive-retention").answers("expired", List.of(archive));
    return archive;
  }

  @Test
  void what_may_stay_stays() {
    assertThat(send("backup-retain", run).getMessage().getBody()).isSameAs(run);

    assertStory(
        "backup-archive-retention.shouldDeleteOnServer", "backup-archive-retention.expired");
  }

  @Test
  void the_files_on_the_site_go_once_the_archive_is_home() {
    bean("backup-archive-retention")
        .answers("shouldDeleteOnServer", true)
        .answers("deletionRequest", mock(DeletionRequest.class));

    assertThat(send("backup-retain", run).getMessage().getBody()).isSameAs(run);

    assertThat(story()).contains("direct:akeeba-delete");
  }

  @Test
  void files_that_the_site_does_not_delete_are_a_warning() {
    Run warned = mock(Run.class);
    bean("backup-archive-retention")
        .answers("shouldDeleteOnServer", true)
        .answers("deletionRequest", mock(DeletionRequest.class))
        .answers("warnNotDeleted", warned);
    endpointAnswers("direct:akeeba-delete", new AkeebaException(ErrorKind.TIMEOUT, "no answer"));

    assertThat(send("backup-retain", run).getMessage().getBody()).isSameAs(warned);
  }

  @Test
  void an_expired_archive_of_this_machine_is_deleted_and_forgotten() {
    StoredArchive old = expired(true);

    send("backup-retain", run);

    assertThat(bean("backup-archive-files").call("delete")).containsExactly(old);
    assertThat(story()).endsWith("backup-archive-retention.removeFromCatalog");
    assertThat(logged()).singleElement().asString().startsWith("INFO").endsWith("id1");
  }

  @Test
  void one_that_was_delivered_is_deleted_there() {
    expired(false);
    bean("backup-archive-delivery").answers("deletionUri", "seda:elsewhere");
    template.sendBody("seda:elsewhere", "site.jpa");
    template.sendBody("seda:elsewhere", "site.j01");

    send("backup-retain", run);

    assertThat(context.getEndpoint("seda:elsewhere", SedaEndpoint.class).getExchanges()).isEmpty();
    assertThat(bean("backup-archive-delivery").calls("deletionUri"))
        .extracting(call -> call[1])
        .containsExactly("site.jpa", "site.j01");
    assertThat(story()).endsWith("backup-archive-retention.removeFromCatalog");
  }

  @Test
  void one_that_can_not_be_deleted_stays_in_the_catalog() {
    expired(true);
    bean("backup-archive-files").answers("delete", new IllegalStateException("in use"));

    assertThat(send("backup-retain", run).getMessage().getBody()).isSameAs(run);

    assertThat(story()).doesNotContain("backup-archive-retention.removeFromCatalog");
    assertThat(logged()).singleElement().asString().startsWith("WARN");
  }

  @Test
  void an_error_of_the_java_machine_is_thrown_on() {
    expired(true);
    bean("backup-archive-files").answers("delete", new InternalError("of the machine"));

    assertThat(send("backup-retain", run).getException())
        .hasRootCauseInstanceOf(InternalError.class);
  }
}
