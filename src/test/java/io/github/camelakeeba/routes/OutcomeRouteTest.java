package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.store.TransactionPolicy;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The content-based router alone: which event each state makes, and in which order. */
class OutcomeRouteTest {
  private final DefaultCamelContext context = new DefaultCamelContext();
  private final List<String> done = new ArrayList<>();
  private String state;
  private boolean unhealthy;
  private int failingWrites;

  /** A run as the router looks at it. */
  public record Run(
      Word state, Backup backup, Warnings warnings, Failure failure, Request request) {}

  public record Request(int profile) {}

  public record Word(String word) {}

  public record Backup(String backupid, String archive, long size, int steps) {}

  public record Warnings(int count) {}

  public record Failure(Word kind, String message) {}

  public record Health(boolean isUnhealthy) {}

  private Run run(String word) {
    return new Run(
        new Word(word),
        new Backup("id-1", "site.jpa", 10, 2),
        new Warnings(1),
        word.equals("failed") ? new Failure(new Word("timeout"), "too long") : null,
        new Request(1));
  }

  /** Every bean that the file names. */
  public final class Beans {
    public Run decideState(@Body Run run) {
      return run(state);
    }

    public Health siteHealth() {
      done.add("health");
      return new Health(unhealthy);
    }

    public String completed() {
      return "completed event";
    }

    public String warning() {
      return "warning event";
    }

    public String failed() {
      return "failed event";
    }

    public String recovered() {
      return "recovered event";
    }

    public String started() {
      return "started event";
    }

    public void complete(@Variable("backup-event") String event) {
      done.add("end with " + event);
      if (failingWrites-- > 0) {
        throw new IllegalStateException("the store is away");
      }
    }

    public Run recordStarted(@Body Run run) {
      done.add("first checkpoint");
      return run;
    }

    public Run checkpoint(@Body Run run) {
      done.add("checkpoint");
      return run;
    }

    public List<String> recipients(@Variable("backup-event") String event) {
      return List.of("who reads a " + event);
    }

    public void enqueueEvent(@Variable("backup-recipients") List<String> recipients) {
      done.addAll(recipients);
    }
  }

  /** As the store does it: what fails is done once more. */
  private void twice(Exchange exchange, Runnable steps) {
    done.add("begin");
    try {
      steps.run();
    } catch (IllegalStateException e) {
      done.add("rollback");
      done.add("begin");
      steps.run();
    }
    done.add("commit");
  }

  @BeforeEach
  void start() throws Exception {
    for (String bean :
        List.of(
            "backup-run-completion",
            "backup-events",
            "backup-run-repository",
            "backup-rules",
            "backup-outbox")) {
      context.getRegistry().bind(bean, new Beans());
    }
    for (String policy : List.of("backup-ending-transaction", "backup-transaction")) {
      context.getRegistry().bind(policy, new TransactionPolicy(this::twice));
    }
    PluginHelper.getRoutesLoader(context)
        .loadRoutes(
            ResourceHelper.resolveMandatoryResource(context, "file:routes/outcome.camel.yaml"));
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:backup-claim-nudge").process(exchange -> done.add("nudge"));
          }
        });
    context.start();
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  private Exchange send(String route, Object body) {
    return context
        .createProducerTemplate()
        .request("direct:" + route, exchange -> exchange.getMessage().setBody(body));
  }

  @ParameterizedTest
  @CsvSource({"completed", "warning", "failed"})
  void each_state_has_its_event_and_recipients_in_the_transaction_that_ends_the_run(String word) {
    state = word;
    assertThat(send("backup-outcome", run(word)).getException()).isNull();
    assertThat(done)
        .containsExactly(
            "begin",
            "health",
            "end with " + word + " event",
            "who reads a " + word + " event",
            "commit",
            "nudge");
  }

  @ParameterizedTest
  @CsvSource({"completed,true", "warning,true", "failed,false"})
  void the_first_good_run_of_an_unhealthy_site_is_a_recovery_too(String word, boolean recovered) {
    state = word;
    unhealthy = true;
    send("backup-outcome", run(word));
    assertThat(done.contains("who reads a recovered event")).isEqualTo(recovered);
    assertThat(done.indexOf("who reads a recovered event")).isLessThan(done.indexOf("commit"));
  }

  @Test
  void what_the_store_did_not_take_is_done_again_as_a_whole() {
    state = "completed";
    failingWrites = 1;
    assertThat(send("backup-outcome", run("completed")).getException()).isNull();
    assertThat(done)
        .containsExactly(
            "begin",
            "health",
            "end with completed event",
            "rollback",
            "begin",
            "health",
            "end with completed event",
            "who reads a completed event",
            "commit",
            "nudge");
  }

  @Test
  void what_fails_for_good_sends_no_event() {
    state = "completed";
    failingWrites = 2;
    assertThat(send("backup-outcome", run("completed")).getException())
        .hasMessage("the store is away");
    assertThat(done).doesNotContain("who reads a completed event", "commit", "nudge");
  }

  @Test
  void a_start_is_told_with_its_first_checkpoint_once_its_backup_is_known() {
    send("backup-outcome-started", run("running"));
    assertThat(done)
        .containsExactly("begin", "who reads a started event", "first checkpoint", "commit");
    done.clear();
    send(
        "backup-outcome-started",
        new Run(new Word("running"), new Backup(null, null, 0, 0), null, null, new Request(1)));
    assertThat(done).containsExactly("checkpoint");
  }
}
