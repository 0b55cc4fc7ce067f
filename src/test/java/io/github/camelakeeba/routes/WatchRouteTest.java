package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.BackupInfo;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.inspection.Inspection;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.RunRefusedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

@ShippedRoute("watch")
class WatchRouteTest extends RouteTestSupport {
  private static final String[] ANSWERED = {
    "backup-inspections.deadline",
    "direct:akeeba-get-backup-info",
    "backup-inspections.afterLook",
    "direct:akeeba-list-backups",
    "backup-inspections.afterList"
  };

  private final Inspection shop = mock(Inspection.class);
  private final Inspection looked = mock(Inspection.class);
  private final Inspection listed = mock(Inspection.class);
  private final BackupRequest request = mock(BackupRequest.class);

  private void siteAnswers() {
    when(shop.lookWanted()).thenReturn(true);
    when(looked.listWanted()).thenReturn(true);
    when(listed.siteName()).thenReturn("shop");
    endpointAnswers("direct:akeeba-get-backup-info", new BackupInfo(null, null));
    endpointAnswers("direct:akeeba-list-backups", List.of());
    bean("backup-inspections").answers("afterLook", looked).answers("afterList", listed);
  }

  private static String[] after(String... steps) {
    String[] all = java.util.Arrays.copyOf(ANSWERED, ANSWERED.length + steps.length);
    System.arraycopy(steps, 0, all, ANSWERED.length, steps.length);
    return all;
  }

  @Test
  void each_site_that_is_due_is_inspected_on_an_exchange_of_its_own() {
    bean("backup-inspections").answers("claimDue", List.of(shop, shop));

    fire("backup-inspect-due");

    assertThat(bean("backup-inspections").calls("launch")).hasSize(2);
  }

  @Test
  void where_nothing_is_new_nothing_happens() {
    siteAnswers();

    send("backup-inspect-site", shop);

    assertStory(after("backup-inspections.close"));
    assertThat(logged()).isEmpty();
  }

  @Test
  void a_site_without_a_last_good_backup_that_nobody_watches_is_not_even_called() {
    send("backup-inspect-site", shop);

    assertStory("backup-inspections.deadline", "backup-inspections.close");
  }

  @Test
  void a_backup_that_was_found_becomes_a_run_as_any_request_does() {
    siteAnswers();
    when(listed.request()).thenReturn(request);

    send("backup-inspect-site", shop);

    assertStory(after("direct:backup-request", "backup-inspections.close"));
    assertThat(received("direct:backup-request").get(0).getMessage().getBody()).isSameAs(request);
  }

  @Test
  void one_that_meets_a_run_of_ours_waits_for_the_next_inspection() {
    siteAnswers();
    when(listed.request()).thenReturn(request);
    endpointAnswers(
        "direct:backup-request",
        new RunRefusedException(RunRefusedException.Reason.BUSY, "a backup is running already"));

    assertThat(send("backup-inspect-site", shop).getException()).isNull();

    assertStory(after("direct:backup-request", "backup-inspections.close"));
    assertThat(logged()).containsExactly("INFO a backup is running already");
  }

  private void gone() {
    siteAnswers();
    when(listed.reportable()).thenReturn(true);
    when(listed.gone()).thenReturn(new Event.Error("not-found", "The files are gone."));
  }

  @Test
  void a_last_good_backup_that_is_gone_is_reported_within_one_transaction() {
    gone();
    bean("backup-gone-backups").answers("report", true);

    send("backup-inspect-site", shop);

    assertStory(
        after(
            "begin backup-transaction-without-retry",
            "backup-gone-backups.report",
            "commit",
            "backup-inspections.close"));
    assertThat(logged()).containsExactly("ERROR missed: shop: The files are gone.");
  }

  @Test
  void what_another_node_has_reported_is_not_logged() {
    gone();
    bean("backup-gone-backups").answers("report", false);

    send("backup-inspect-site", shop);

    assertThat(logged()).isEmpty();
  }

  @Test
  void a_report_that_the_store_does_not_take_is_rolled_back_and_the_inspection_not_closed() {
    gone();
    bean("backup-gone-backups").answers("report", new QueryTimeoutException("no answer"));

    assertThat(send("backup-inspect-site", shop).getException()).isNotNull();

    assertThat(story()).contains("rollback").doesNotContain("commit", "backup-inspections.close");
  }

  @Test
  void a_site_that_does_not_answer_is_noted_and_nothing_else() {
    siteAnswers();
    bean("backup-inspections").answers("unanswered", mock(Inspection.class));
    endpointAnswers(
        "direct:akeeba-get-backup-info", new AkeebaException(ErrorKind.UNREACHABLE, "gone"));

    send("backup-inspect-site", shop);

    assertStory(
        "backup-inspections.deadline",
        "direct:akeeba-get-backup-info",
        "backup-inspections.unanswered",
        "backup-inspections.close");
  }
}
