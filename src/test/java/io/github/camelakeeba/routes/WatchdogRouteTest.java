package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.camelakeeba.event.SiteHealth;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

@ShippedRoute("watchdog")
class WatchdogRouteTest extends RouteTestSupport {
  private final SiteHealth shop = mock(SiteHealth.class);

  @Test
  void an_overdue_site_is_reported_within_one_transaction() {
    bean("backup-watchdog").answers("overdue", List.of(shop)).answers("reportMissed", true);

    fire("backup-watchdog");

    assertStory(
        "backup-watchdog.overdue",
        "begin backup-transaction-without-retry",
        "backup-watchdog.reportMissed",
        "commit",
        "backup-watchdog.dueReminders");
    assertThat(logged()).singleElement().asString().startsWith("ERROR missed: ");
  }

  @Test
  void one_that_another_node_has_reported_is_not_logged() {
    bean("backup-watchdog").answers("overdue", List.of(shop)).answers("reportMissed", false);

    fire("backup-watchdog");

    assertThat(logged()).isEmpty();
  }

  @Test
  void what_lasts_is_told_again() {
    bean("backup-watchdog").answers("dueReminders", List.of(shop, shop));

    fire("backup-watchdog");

    assertThat(bean("backup-watchdog").calls("sendReminder")).hasSize(2);
  }

  @Test
  void a_report_whose_message_the_store_does_not_take_is_rolled_back() {
    bean("backup-watchdog")
        .answers("overdue", List.of(shop))
        .answers("reportMissed", new QueryTimeoutException("no answer"));
    bean("backup-store-availability").answers("isStoreFailure", true);

    fire("backup-watchdog");

    assertThat(story()).contains("rollback").doesNotContain("commit");
  }
}
