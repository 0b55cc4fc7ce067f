package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.recheck.CheckedArchive;
import io.github.camelakeeba.recheck.Inspection;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

@ShippedRoute("recheck")
class RecheckRouteTest extends RouteTestSupport {
  private final CheckedArchive one = mock(CheckedArchive.class, RETURNS_DEEP_STUBS);
  private final Inspection inspection = mock(Inspection.class);

  @BeforeEach
  void due() {
    when(one.archive().site()).thenReturn("shop");
    bean("backup-recheck")
        .answers("due", List.of(one))
        .answers("claim", true)
        .answers("inspect", inspection);
  }

  @Test
  void an_archive_that_is_whole_is_recorded_as_that() {
    fire("backup-recheck");

    assertStory(
        "backup-recheck.due",
        "backup-recheck.claim",
        "backup-recheck.inspect",
        "begin backup-transaction-without-retry",
        "backup-recheck.recordWhole",
        "commit");
  }

  @Test
  void one_that_another_node_reads_is_left_to_it() {
    bean("backup-recheck").answers("claim", false);

    fire("backup-recheck");

    assertStory("backup-recheck.due", "backup-recheck.claim");
  }

  @Test
  void a_damaged_one_is_reported_and_then_fetched_anew() {
    when(inspection.damaged()).thenReturn(true);
    bean("backup-recheck").answers("recordDamage", true);

    fire("backup-recheck");

    assertThat(received("direct:backup-fetch-anew")).hasSize(1);
    assertThat(story()).contains("backup-recheck.recordDamage", "commit");
    assertThat(logged()).singleElement().asString().startsWith("ERROR shop: ");
  }

  @Test
  void one_that_retention_deletes_meanwhile_is_not_fetched() {
    when(inspection.damaged()).thenReturn(true);
    bean("backup-recheck").answers("recordDamage", false);

    fire("backup-recheck");

    assertThat(received("direct:backup-fetch-anew")).isEmpty();
  }

  @Test
  void a_place_that_is_away_is_no_evidence() {
    bean("backup-recheck")
        .answers("inspect", new IOException("no route to host"))
        .answers("postpone", "no route to host");

    fire("backup-recheck");

    assertThat(story())
        .contains("backup-recheck.postpone", "commit")
        .doesNotContain("backup-recheck.recordWhole", "backup-recheck.recordDamage");
    assertThat(logged())
        .singleElement()
        .asString()
        .startsWith("WARN shop: ")
        .endsWith("no route to host");
  }

  @Test
  void what_the_store_does_not_take_is_rolled_back() {
    bean("backup-recheck").answers("recordWhole", new QueryTimeoutException("no answer"));
    bean("backup-store-availability").answers("isStoreFailure", true);

    fire("backup-recheck");

    assertThat(story()).contains("rollback").doesNotContain("commit");
  }
}
