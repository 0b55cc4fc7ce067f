package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.rest.RestResponse;
import io.github.camelakeeba.rest.bulk.BulkBackups;
import io.github.camelakeeba.run.BulkRequest;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunState;
import io.github.camelakeeba.run.store.RequestRepository.BulkAcceptance;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@ShippedRoute("api-bulk")
class ApiBulkRouteTest extends RouteTestSupport {
  private static final BulkRequest TAGGED = new BulkRequest("customers", null, site -> null);

  private static BulkBackups.Accepted accepted(String... ids) {
    List<Run> runs = List.of(ids).stream().map(ApiBulkRouteTest::run).toList();
    return new BulkBackups.Accepted(new BulkAcceptance(runs, Map.of(), Map.of()), List.of());
  }

  private static Run run(String id) {
    Run run = mock(Run.class, RETURNS_DEEP_STUBS);
    when(run.id()).thenReturn(id);
    when(run.state()).thenReturn(RunState.QUEUED);
    when(run.request().trigger()).thenReturn("api");
    when(run.request().requestedBy()).thenReturn("ops");
    return run;
  }

  @Test
  void a_request_for_one_site_goes_its_own_way() {
    send("backup-api-backups", "shop");

    assertStory("backup-api-bulk.read", "direct:backup-api-backup");
    assertThat(received("direct:backup-api-backup").get(0).getMessage().getBody())
        .isEqualTo("shop");
  }

  @Test
  void one_for_many_is_written_together_logged_claimed_and_answered() {
    RestResponse reply = RestResponse.json(202, Map.of());
    bean("backup-api-bulk")
        .answers("read", TAGGED)
        .answers("accept", accepted("shop-1", "blog-1"))
        .answers("reply", reply);

    send("backup-api-backups", "{}");

    assertStory(
        "backup-api-bulk.read",
        "backup-api-bulk.accept",
        "backup-api-bulk.reply",
        "backup-isolated-exchanges.requestClaim",
        "direct:backup-api-reply");
    assertThat(received("direct:backup-api-reply").get(0).getVariable("backup-reply"))
        .isSameAs(reply);
    assertThat(logged())
        .containsExactly(
            "INFO queued: run shop-1, requested by api (ops)",
            "INFO queued: run blog-1, requested by api (ops)");
  }

  @Test
  void one_that_is_refused_is_answered_with_the_problem() {
    bean("backup-api-bulk")
        .answers("read", TAGGED)
        .answers("accept", new IllegalStateException("no site has the tag"));

    assertThat(send("backup-api-backups", "{}").getException()).isNull();

    assertThat(story()).endsWith("backup-api.problem", "direct:backup-api-reply");
  }
}
