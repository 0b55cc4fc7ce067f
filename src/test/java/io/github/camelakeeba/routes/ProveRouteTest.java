package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.keep.ArchiveQuery;
import io.github.camelakeeba.keep.LocatedArchive;
import io.github.camelakeeba.proof.ClaimedProof;
import io.github.camelakeeba.proof.Proof;
import io.github.camelakeeba.proof.ProofResult;
import io.github.camelakeeba.proof.ProofStanding;
import java.util.List;
import org.junit.jupiter.api.Test;

@ShippedRoute("prove")
class ProveRouteTest extends RouteTestSupport {
  private static final ProofResult RESULT = ProofResult.untested("away");

  private final ClaimedProof claimed = mock(ClaimedProof.class);

  private void ends(String verdict) {
    Proof proof = mock(Proof.class);
    when(proof.isProved()).thenReturn(verdict.equals("proved"));
    when(proof.isUnproved()).thenReturn(verdict.equals("unproved"));
    when(proof.site()).thenReturn("shop");
    bean("backup-proof-completion").answers("end", proof);
  }

  private void archive() {
    when(claimed.site()).thenReturn("shop");
    bean("backup-proof-queue").answers("archive", mock(ArchiveQuery.class));
    endpointAnswers(
        "direct:backup-locate-archive",
        new LocatedArchive(
            "shop",
            "id-1",
            1,
            LocatedArchive.Place.FOLDER,
            "archives",
            ArchiveSource.of("site.jpa", List.of())));
  }

  @Test
  void what_is_due_is_entered_and_what_is_overdue_is_told_and_told_again() {
    ProofStanding shop = mock(ProofStanding.class);
    bean("backup-proof-watch")
        .answers("overdue", List.of(shop, shop))
        .answers("reportOverdue", true, false)
        .answers("dueReminders", List.of(shop));

    fire("backup-prove-due");

    assertStory(
        "backup-proof-schedule.enterDue",
        "backup-proof-watch.overdue",
        "backup-proof-watch.reportOverdue",
        "backup-proof-watch.reportOverdue",
        "backup-proof-watch.dueReminders",
        "backup-proof-watch.sendReminder");
    assertThat(logged()).singleElement().asString().startsWith("WARN no restore has proved ");
  }

  @Test
  void what_waits_is_begun() {
    bean("backup-proof-queue").answers("claim", List.of(claimed, claimed));

    fire("backup-prove-tick");

    assertThat(bean("backup-proof-launcher").calls("launch")).hasSize(2);
  }

  @Test
  void an_archive_is_found_restored_and_its_result_written() {
    archive();
    bean("backup-proof-trial").answers("test", RESULT);
    ends("proved");

    send("backup-prove", claimed);

    assertStory(
        "backup-proof-queue.archive",
        "direct:backup-locate-archive",
        "backup-proof-queue.begin",
        "backup-proof-trial.test",
        "backup-proof-completion.end");
    assertThat(logged()).last().asString().contains("proved: ");
  }

  @Test
  void an_archive_that_can_t_be_had_is_a_reason_and_no_failure() {
    bean("backup-proof-queue").answers("archive", mock(ArchiveQuery.class));
    endpointAnswers(
        "direct:backup-locate-archive", new AkeebaException(ErrorKind.UNREACHABLE, "no answer"));
    bean("backup-proof-trial").answers("withoutArchive", RESULT);
    ends("untested");

    send("backup-prove", claimed);

    assertStory(
        "backup-proof-queue.archive",
        "direct:backup-locate-archive",
        "backup-proof-trial.withoutArchive",
        "backup-proof-completion.end");
    assertThat(logged()).last().asString().startsWith("WARN untested: ");
  }

  @Test
  void a_test_without_a_site_or_without_an_end_is_not_made() {
    ends("unproved");
    when(claimed.exhausted()).thenReturn(false, true);
    bean("backup-proof-trial").answers("withoutSettings", RESULT).answers("exhausted", RESULT);

    send("backup-prove", claimed);
    send("backup-prove", claimed);

    assertThat(story())
        .contains("backup-proof-trial.withoutSettings", "backup-proof-trial.exhausted")
        .doesNotContain("backup-proof-trial.test");
    assertThat(logged()).last().asString().startsWith("ERROR unproved: ");
  }

  @Test
  void a_test_that_another_node_has_taken_ends_without_a_result() {
    send("backup-prove-end", claimed);

    assertThat(logged()).singleElement().asString().contains("another node's");
  }
}
