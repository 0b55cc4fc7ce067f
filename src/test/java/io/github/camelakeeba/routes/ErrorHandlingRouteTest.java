package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.backup.BackupSteps.RunAfterFailure;
import io.github.camelakeeba.run.ClaimLostException;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunFailure;
import io.github.camelakeeba.run.RunSuspendedException;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

@ShippedRoute("error-handling")
class ErrorHandlingRouteTest extends RouteTestSupport {

  /** A run that meets this. */
  private Exchange run(Throwable thrown) throws Exception {
    return fail("backup-run-errors", mock(Run.class), thrown);
  }

  private Run failedRun() {
    Run failed = mock(Run.class);
    when(failed.failure()).thenReturn(new RunFailure(ErrorKind.INTERNAL, "a bug"));
    return failed;
  }

  @Test
  void a_run_that_fails_ends_with_its_reason() throws Exception {
    Run failed = failedRun();
    bean("backup-steps").answers("recordFailure", new RunAfterFailure(false, failed));

    assertThat(run(new IllegalStateException("a bug")).getException()).isNull();

    assertThat(story()).endsWith("backup-steps.recordFailure", "direct:backup-outcome");
    assertThat(received("direct:backup-outcome").get(0).getMessage().getBody()).isSameAs(failed);
  }

  @Test
  void a_run_that_is_tried_again_later_has_not_ended() throws Exception {
    bean("backup-steps").answers("recordFailure", new RunAfterFailure(false, mock(Run.class)));

    assertThat(run(new IllegalStateException("no route to host")).getException()).isNull();

    assertThat(received("direct:backup-outcome")).isEmpty();
  }

  @Test
  void an_error_of_the_java_machine_is_no_failure_of_the_run() throws Exception {
    run(new InternalError("of the machine"));

    assertThat(story()).doesNotContain("backup-steps.recordFailure");
    assertThat(logged()).singleElement().asString().startsWith("ERROR this process has failed");
  }

  @Test
  void a_run_that_another_node_has_taken_is_left_to_it() throws Exception {
    assertThat(run(new ClaimLostException("shop-1")).getException()).isNull();

    assertThat(story()).doesNotContain("backup-steps.recordFailure");
    assertThat(logged()).singleElement().asString().startsWith("WARN");
  }

  @Test
  void a_failure_of_the_store_leaves_the_run_as_its_last_checkpoint_says() throws Exception {
    assertThat(run(new QueryTimeoutException("no answer")).getException()).isNull();

    assertThat(story()).doesNotContain("backup-steps.recordFailure");
    assertThat(logged()).singleElement().asString().startsWith("WARN the store failed");
  }

  @Test
  void a_suspended_run_is_no_failed_one() throws Exception {
    assertThat(run(new RunSuspendedException("shop-1")).getException()).isNull();

    assertThat(story()).doesNotContain("backup-steps.recordFailure");
    assertThat(logged()).singleElement().asString().startsWith("INFO");
  }

  @Test
  void a_process_that_stops_leaves_the_run_to_the_next() throws Exception {
    bean("backup-steps").answers("recordFailure", new RunAfterFailure(true, null));

    assertThat(run(new IllegalStateException("interrupted")).getException()).isNull();

    assertThat(received("direct:backup-outcome")).isEmpty();
    assertThat(logged())
        .singleElement()
        .asString()
        .startsWith("INFO left as its last checkpoint says");
  }

  @Test
  void a_failure_after_the_claim_was_lost_is_not_that_of_the_run() throws Exception {
    bean("backup-steps").answers("recordFailure", new RunAfterFailure(false, null));

    assertThat(run(new IllegalStateException("a bug")).getException()).isNull();

    assertThat(received("direct:backup-outcome")).isEmpty();
    assertThat(logged()).singleElement().asString().startsWith("WARN no longer this node's run");
  }

  @Test
  void a_route_of_the_clock_waits_for_the_next_tick_while_the_store_is_away() throws Exception {
    bean("backup-store-availability").answers("isStoreFailure", true);

    assertThat(fail("backup-store-trouble", null, new QueryTimeoutException("no")).getException())
        .isNull();

    assertThat(getMockEndpoint("mock:after").getReceivedCounter()).isZero();
  }

  @Test
  void what_is_no_fault_of_the_store_fails_a_route_of_the_clock() throws Exception {
    assertThat(
            fail("backup-store-trouble", null, new IllegalStateException("a bug")).getException())
        .hasMessage("a bug");
  }

  @Test
  void a_fire_time_is_written_as_soon_as_the_store_is_back() throws Exception {
    bean("backup-store-availability").answers("isStoreFailure", true);
    QueryTimeoutException away = new QueryTimeoutException("no answer");

    assertThat(fail("backup-schedule-trouble", null, away, away, away).getException()).isNull();

    assertThat(getMockEndpoint("mock:after").getReceivedCounter()).isEqualTo(1);
  }

  @Test
  void a_fire_time_that_meets_something_else_is_not_tried_again() throws Exception {
    Throwable bug = new IllegalStateException("a bug");

    assertThat(fail("backup-schedule-trouble", null, bug).getException()).isSameAs(bug);

    assertThat(attempts()).isEqualTo(1);
  }
}
