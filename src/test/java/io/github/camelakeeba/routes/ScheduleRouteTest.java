package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.camelakeeba.run.BackupRequest;
import java.util.Date;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

@ShippedRoute("schedule")
class ScheduleRouteTest extends RouteTestSupport {
  private static final Date FIRED = new Date(1_795_919_400_000L);

  @BeforeEach
  void a_schedule() {
    startTemplate(
        "backup-schedule", Map.of("site", "shop", "cron", "0 30 2 * * ?", "zone", "Etc/UTC"));
    bean("backup-request-reader").answers("scheduled", mock(BackupRequest.class));
  }

  private Exchange fire() {
    return send(
        "backup-schedule", exchange -> exchange.getMessage().setHeader("scheduledFireTime", FIRED));
  }

  @Test
  void a_fire_time_becomes_a_request() {
    fire();

    assertStory(
        "backup-request-reader.scheduled",
        "direct:backup-request",
        "backup-schedule-triggers.fired");
    assertThat(bean("backup-request-reader").call("scheduled")).containsExactly("shop", FIRED);
    assertThat(bean("backup-schedule-triggers").call("fired")).containsExactly("shop");
  }

  @Test
  void a_fire_time_waits_until_the_store_takes_it() {
    endpointAnswers(
        "direct:backup-request",
        new QueryTimeoutException("no answer"),
        new QueryTimeoutException("no answer"),
        "a run");
    bean("backup-store-availability").answers("isStoreFailure", true);

    assertThat(fire().getException()).isNull();

    assertThat(received("direct:backup-request")).hasSize(3);
    assertThat(bean("backup-schedule-triggers").calls("fired")).hasSize(1);
  }

  @Test
  void what_is_no_fault_of_the_store_is_not_repeated() {
    endpointAnswers("direct:backup-request", new IllegalStateException("a bug"));

    assertThat(fire().getException()).hasMessage("a bug");

    assertThat(received("direct:backup-request")).hasSize(1);
  }
}
