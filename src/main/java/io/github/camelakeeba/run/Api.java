package io.github.camelakeeba.run;

import io.github.camelakeeba.notify.Event;
import io.github.camelakeeba.run.Problem.Kind;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the HTTP API answers. */
public final class Api {
  private static final Logger LOG = LoggerFactory.getLogger(Api.class);
  private static final Pattern WAIT = Pattern.compile("(\\d{1,4})(ms|s|m)?");
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  /** Each holds a thread of the web server; who comes later is answered at once. */
  private static final int MOST_WAITING = 100;

  private final Status status;
  private final Runs runs;
  private final RunGate gate;
  private final Clock clock;
  private final Turns turns = new Turns(MOST_WAITING);

  /** Sites come from the status, runs from the runs; waiting ends when the gate is closed. */
  public Api(Status status, Runs runs, RunGate gate, Clock clock) {
    this.status = status;
    this.runs = runs;
    this.gate = gate;
    this.clock = clock;
  }

  /**
   * The value of {@code ?wait=}: {@code 30s}, {@code 500ms}, {@code 2m} or seconds; at most 10 min.
   */
  public Duration waiting(@Header("wait") String text) {
    if (text == null || text.isEmpty()) {
      return Duration.ZERO;
    }
    Matcher matcher = WAIT.matcher(text);
    if (!matcher.matches()) {
      throw new RunRefusedException(
          Reason.BAD_REQUEST, "the parameter 'wait' is a duration such as 30s, up to 10m");
    }
    long amount = Long.parseLong(matcher.group(1));
    Duration wait =
        "ms".equals(matcher.group(2))
            ? Duration.ofMillis(amount)
            : "m".equals(matcher.group(2))
                ? Duration.ofMinutes(amount)
                : Duration.ofSeconds(amount);
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  /**
   * The reply to an accepted request: its outcome when it has ended, else its run, at once or after
   * waiting for the outcome.
   */
  public Reply accepted(
      Exchange exchange, @Body Run run, @Variable("backup-reply-wait") Duration wait) {
    Reply reply = awaited(run, wait);
    return reply.pending() && !turns.take(exchange) ? look(run.id(), Instant.MIN) : reply;
  }

  /** The same for a caller who holds no thread of the web server. */
  public Reply awaited(Run run, Duration wait) {
    return look(run.id(), clock.instant().plus(wait));
  }

  /** The reply after another look at the run. */
  public Reply again(@Variable("backup-reply") Reply reply) {
    return look(reply.run(), reply.until());
  }

  private Reply look(String id, Instant until) {
    Optional<Event> outcome = runs.outcome(id);
    if (outcome.isPresent()) {
      return new Reply(200, Event.MEDIA_TYPE, outcome.get(), id, null);
    }
    return clock.instant().isBefore(until) && gate.open()
        ? new Reply(202, null, null, id, until)
        : Reply.json(202, runs.view(id).orElse(null));
  }

  /** All sites, in the configuration's order. */
  public Reply sites() {
    return Reply.json(200, status.sites());
  }

  /** One site. */
  public Reply site(@Header("site") String name) {
    return Reply.json(
        200,
        status
            .site(name)
            .orElseThrow(
                () ->
                    new RunRefusedException(
                        Reason.UNKNOWN_SITE,
                        "there is no such site in sites.yaml, which was read at the start")));
  }

  /** How sites and channels stand. */
  public Reply status() {
    return Reply.json(200, status.view());
  }

  /** The reply to a request that was not taken. */
  public Reply problem(Exchange exchange) {
    Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    RunRefusedException refused = ObjectHelper.getException(RunRefusedException.class, thrown);
    if (refused != null) {
      return problem(refused.reason().problem(), refused.getMessage());
    }
    boolean trouble = StoreTrouble.is(thrown);
    if (!trouble) {
      LOG.error("the API failed", thrown);
    }
    if (exchange.getMessage().getBody() instanceof Run accepted) {
      return Reply.json(202, RunView.of(accepted, null)); // only its outcome can't be waited for
    }
    if (trouble) {
      return away(thrown);
    }
    return problem(Kind.INTERNAL, "this program failed; its log holds the details");
  }

  private static Reply away(Throwable thrown) {
    if (StoreTrouble.dry(thrown)) {
      return problem(
          Kind.STORE_BUSY,
          "all connections to the store are in use (backup.database.poolSize); nothing was accepted,"
              + " ask again later");
    }
    return problem(
        Kind.STORE_AWAY,
        StoreTrouble.inCommit(thrown)
            ? "the store went away before it had confirmed the request, which it may have taken; look"
                + " at /api/runs, or send it again with the same id"
            : "the store is away; nothing was accepted, ask again later");
  }

  static Reply problem(Kind kind, String detail) {
    return new Reply(kind.status(), Problem.MEDIA_TYPE, Problem.of(kind, detail), null, null);
  }
}
