package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.config.Configuration.Report;
import io.github.camelakeeba.config.Schedule;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunState;
import io.github.camelakeeba.schedule.ScheduleFire;
import io.github.camelakeeba.schedule.ScheduledReports.DueReport;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

@ShippedRoute("schedule")
class ScheduleRouteTest extends RouteTestSupport {
  private static final ScheduleFire FIRE =
      new ScheduleFire("0 30 2 * * ? Etc/UTC", Instant.parse("2026-11-28T02:30:00Z"));
  private static final List<BackupRequest> REQUESTS =
      List.of(mock(BackupRequest.class), mock(BackupRequest.class));

  private static Run run() {
    Run run = mock(Run.class, RETURNS_DEEP_STUBS);
    when(run.id()).thenReturn("shop-1");
    when(run.state()).thenReturn(RunState.QUEUED);
    when(run.request().trigger()).thenReturn("schedule");
    return run;
  }

  @BeforeEach
  void a_schedule() {
    startTemplate("backup-schedule", Map.of());
    bean("backup-scheduled-sites").answers("due", REQUESTS);
    bean("backup-request-repository").answers("acceptAll", List.of(run(), run()));
    bean("backup-scheduled-reports").answers("due", List.of());
  }

  private Exchange fire() {
    return send("backup-schedule", FIRE);
  }

  @Test
  void the_sites_that_are_due_are_written_together_and_claimed() {
    fire();

    assertStory(
        "backup-scheduled-sites.due",
        "backup-request-repository.acceptAll",
        "backup-isolated-exchanges.requestClaim",
        "backup-scheduled-reports.due");
    assertThat(bean("backup-scheduled-sites").call("due")).containsExactly(FIRE);
    assertThat(bean("backup-request-repository").call("acceptAll")).containsExactly(REQUESTS);
    assertThat(logged())
        .containsExactly(
            "INFO queued: run shop-1, requested by schedule",
            "INFO queued: run shop-1, requested by schedule");
  }

  @Test
  void each_group_of_many_sites_is_claimed_before_the_next_is_written() {
    List<BackupRequest> many = Collections.nCopies(450, mock(BackupRequest.class));
    bean("backup-scheduled-sites").answers("due", many);
    bean("backup-request-repository").answers("acceptAll", List.of(run()));

    fire();

    assertStory(
        "backup-scheduled-sites.due",
        "backup-request-repository.acceptAll",
        "backup-isolated-exchanges.requestClaim",
        "backup-request-repository.acceptAll",
        "backup-isolated-exchanges.requestClaim",
        "backup-request-repository.acceptAll",
        "backup-isolated-exchanges.requestClaim",
        "backup-scheduled-reports.due");
    assertThat(bean("backup-request-repository").calls("acceptAll"))
        .extracting(arguments -> ((List<?>) arguments[0]).size())
        .containsExactly(200, 200, 50);
  }

  @Test
  void a_fire_time_waits_until_the_store_takes_it() {
    QueryTimeoutException away = new QueryTimeoutException("no answer");
    bean("backup-request-repository").answers("acceptAll", away, away, List.of(run()));
    bean("backup-store-availability").answers("isStoreFailure", true);

    assertThat(fire().getException()).isNull();

    assertThat(bean("backup-request-repository").calls("acceptAll")).hasSize(3);
    assertThat(bean("backup-isolated-exchanges").calls("requestClaim")).hasSize(1);
  }

  @Test
  void what_is_no_fault_of_the_store_is_not_repeated() {
    bean("backup-request-repository").answers("acceptAll", new IllegalStateException("a bug"));

    assertThat(fire().getException()).hasRootCauseMessage("a bug");

    assertThat(bean("backup-request-repository").calls("acceptAll")).hasSize(1);
  }

  private static DueReport report() {
    return new DueReport(
        new Report(new Schedule("0 30 2 * * ?", ZoneId.of("Etc/UTC")), List.of("ops"), List.of()),
        FIRE.at());
  }

  @Test
  void the_reports_of_the_fire_time_are_sent_each_by_itself() {
    bean("backup-scheduled-reports").answers("due", List.of(report(), report()));

    assertThat(fire().getException()).isNull();

    assertThat(bean("backup-scheduled-reports").call("due")).containsExactly(FIRE);
    assertThat(bean("backup-scheduled-reports").calls("send")).hasSize(2);
    assertThat(logged()).contains("INFO report of [] to [ops]");
  }

  @Test
  void a_report_that_cannot_be_made_holds_no_backup_up() {
    bean("backup-scheduled-reports")
        .answers("due", List.of(report()))
        .answers("send", new IllegalStateException("a bug"));

    fire();

    assertThat(bean("backup-request-repository").calls("acceptAll")).hasSize(1);
    assertThat(bean("backup-isolated-exchanges").calls("requestClaim")).hasSize(1);
  }

  @Test
  void a_report_waits_until_the_store_takes_it() {
    QueryTimeoutException away = new QueryTimeoutException("no answer");
    bean("backup-scheduled-reports")
        .answers("due", List.of(report()))
        .answers("send", away, away, null);
    bean("backup-store-availability").answers("isStoreFailure", true);

    assertThat(fire().getException()).isNull();

    assertThat(bean("backup-scheduled-reports").calls("send")).hasSize(3);
    assertThat(bean("backup-request-repository").calls("acceptAll")).hasSize(1);
  }
}
