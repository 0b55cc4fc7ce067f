package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.DeletionRequest;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.keep.ArchiveRetention.ExpiredArchive;
import io.github.camelakeeba.keep.ArchiveRetention.RetentionPlan;
import io.github.camelakeeba.keep.StoredArchive;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.secret.Secret;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.component.seda.SedaEndpoint;
import org.junit.jupiter.api.Test;

@ShippedRoute("retain")
class RetainRouteTest extends RouteTestSupport {
  private final Run run = mock(Run.class);

  private void plan(DeletionRequest deletion, ExpiredArchive... expired) {
    bean("backup-archive-retention")
        .answers("planRetention", new RetentionPlan(run, deletion, List.of(expired)));
  }

  private static ExpiredArchive expired(String... deliveredFiles) {
    StoredArchive archive = mock(StoredArchive.class);
    when(archive.backupid()).thenReturn("id1");
    return new ExpiredArchive(archive, Stream.of(deliveredFiles).map(Secret::unmasked).toList());
  }

  @Test
  void what_may_stay_stays() {
    plan(null);

    assertThat(send("backup-retain", run).getMessage().getBody()).isSameAs(run);

    assertStory("backup-archive-retention.planRetention");
  }

  @Test
  void the_files_on_the_site_go_once_the_archive_is_home() {
    DeletionRequest deletion = mock(DeletionRequest.class);
    plan(deletion);

    assertThat(send("backup-retain", run).getMessage().getBody()).isSameAs(run);

    assertThat(received("direct:akeeba-delete").get(0).getMessage().getBody()).isSameAs(deletion);
  }

  @Test
  void files_that_the_site_does_not_delete_are_a_warning() {
    Run warned = mock(Run.class);
    plan(mock(DeletionRequest.class));
    bean("backup-archive-retention").answers("warnNotDeleted", warned);
    endpointAnswers("direct:akeeba-delete", new AkeebaException(ErrorKind.TIMEOUT, "no answer"));

    assertThat(send("backup-retain", run).getMessage().getBody()).isSameAs(warned);
  }

  @Test
  void an_expired_archive_of_this_machine_is_deleted_and_forgotten() {
    ExpiredArchive old = expired();
    plan(null, old);

    assertThat(send("backup-retain", run).getMessage().getBody()).isSameAs(run);

    assertThat(bean("backup-archive-retention").call("delete")).containsExactly(old);
    assertThat(logged()).singleElement().asString().startsWith("INFO").endsWith("id1");
  }

  @Test
  void one_that_was_delivered_is_deleted_there() {
    ExpiredArchive old = expired("seda:elsewhere", "seda:elsewhere-too");
    plan(null, old);
    template.sendBody("seda:elsewhere", "site.jpa");
    template.sendBody("seda:elsewhere-too", "site.j01");

    send("backup-retain", run);

    for (String uri : List.of("seda:elsewhere", "seda:elsewhere-too")) {
      assertThat(context.getEndpoint(uri, SedaEndpoint.class).getExchanges()).isEmpty();
    }
    assertThat(bean("backup-archive-retention").call("delete")).containsExactly(old);
  }

  @Test
  void one_that_can_not_be_deleted_there_stays_in_the_catalog() {
    plan(null, expired("no-such-component:elsewhere"), expired());

    send("backup-retain", run);

    assertThat(bean("backup-archive-retention").calls("delete")).hasSize(1);
    assertThat(logged())
        .satisfiesExactly(
            failed -> assertThat(failed).startsWith("WARN"),
            next -> assertThat(next).startsWith("INFO"));
  }

  @Test
  void one_that_can_not_be_deleted_stays_in_the_catalog() {
    plan(null, expired());
    bean("backup-archive-retention")
        .answers("delete", new IllegalStateException("in use"))
        .answers("deletionFailure", "IllegalStateException");

    assertThat(send("backup-retain", run).getMessage().getBody()).isSameAs(run);

    assertThat(logged())
        .singleElement()
        .asString()
        .startsWith("WARN")
        .contains("id1")
        .endsWith("IllegalStateException");
  }

  @Test
  void an_error_of_the_java_machine_is_thrown_on() {
    plan(null, expired());
    bean("backup-archive-retention")
        .answers("delete", new InternalError("of the machine"))
        .answers("deletionFailure", new InternalError("of the machine"));

    assertThat(send("backup-retain", run).getException())
        .hasRootCauseInstanceOf(InternalError.class);
  }
}
