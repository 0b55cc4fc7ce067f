package io.github.camelakeeba.rest;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.integration.OutcomeWait;
import io.github.camelakeeba.integration.PendingOutcome;
import io.github.camelakeeba.problem.ProblemDetail;
import io.github.camelakeeba.problem.ProblemDetail.Kind;
import io.github.camelakeeba.run.Requester;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.run.store.RunQueries;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.store.TransientStoreErrors;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

public final class BackupResource {
  /** The header by which a command beside this service names the user who gave it. */
  public static final String COMMAND_USER = "X-Backup-Command-User";

  private static final Logger LOG = LoggerFactory.getLogger(BackupResource.class);
  private static final Pattern WAIT = Pattern.compile("(\\d{1,4})(ms|s|m)?");
  private static final int MAX_NAME_LENGTH = 100;
  private static final Duration MAX_WAIT = Duration.ofMinutes(10);

  private final RunQueries runs;

  /** Each holds a thread of the web server; further callers are answered at once. */
  private final ConcurrencyLimit waitingCallers = new ConcurrencyLimit(100);

  public BackupResource(RunQueries runs) {
    this.runs = runs;
  }

  /** {@code ?wait=}: {@code 30s}, {@code 500ms}, {@code 2m} or seconds; at most 10 minutes. */
  public OutcomeWait outcomeWait(@Header("wait") String text) {
    return limited(duration(text));
  }

  /** Who calls; a command says for which user of the operating system it does. */
  public String requestedBy(Exchange exchange) {
    Caller caller = Caller.of(exchange);
    String user = exchange.getMessage().getHeader(COMMAND_USER, String.class);
    return UntrustedText.oneLine(
        caller.isCommand() && user != null ? "cli:" + user : caller.name(), MAX_NAME_LENGTH);
  }

  public Requester requester(Exchange exchange) {
    Caller caller = Caller.of(exchange);
    return new Requester(
        caller.isCommand() ? "command" : "api", requestedBy(exchange), caller::sees);
  }

  public OutcomeWait limited(Duration wait) {
    return new OutcomeWait(wait, waitingCallers::tryAcquire);
  }

  private static Duration duration(String text) {
    if (text == null || text.isEmpty()) {
      return Duration.ZERO;
    }
    Matcher matcher = WAIT.matcher(text);
    if (!matcher.matches()) {
      throw new RunRefusedException(
          Reason.BAD_REQUEST, "the parameter 'wait' is a duration such as 30s, up to 10m");
    }
    ChronoUnit unit =
        switch (Objects.requireNonNullElse(matcher.group(2), "s")) {
          case "ms" -> ChronoUnit.MILLIS;
          case "m" -> ChronoUnit.MINUTES;
          default -> ChronoUnit.SECONDS;
        };
    Duration wait = Duration.of(Long.parseLong(matcher.group(1)), unit);
    return wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait;
  }

  /** The reply to an accepted request: its outcome when it has ended, else its run. */
  public RestResponse reply(@Body PendingOutcome pending) {
    if (pending.outcome() != null) {
      return new RestResponse(200, Event.MEDIA_TYPE, pending.outcome());
    }
    RunView accepted = RunView.of(pending.run(), null);
    return RestResponse.json(
        202, pending.waited() ? runs.view(accepted.id()).orElse(accepted) : accepted);
  }

  public RestResponse problem(Exchange exchange) {
    Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    RunRefusedException refused = ObjectHelper.getException(RunRefusedException.class, thrown);
    if (refused != null) {
      return problem(refused.reason().problem(), refused.getMessage());
    }
    boolean storeError = TransientStoreErrors.isTransient(thrown);
    if (!storeError) {
      LOG.error("the API failed", thrown);
    }
    Object body = exchange.getMessage().getBody();
    Object accepted = body instanceof PendingOutcome pending ? pending.run() : body;
    if (accepted instanceof Run run) { // only its outcome can't be waited for
      return RestResponse.json(202, RunView.of(run, null));
    }
    return storeError
        ? storeUnavailable(thrown)
        : problem(Kind.INTERNAL, "this program failed; its log holds the details");
  }

  private static RestResponse storeUnavailable(Throwable thrown) {
    if (TransientStoreErrors.isPoolExhausted(thrown)) {
      return problem(
          Kind.STORE_BUSY,
          "all connections to the store are in use (backup.database.poolSize); nothing was accepted,"
              + " ask again later");
    }
    return problem(
        Kind.STORE_AWAY,
        TransientStoreErrors.isCommitFailure(thrown)
            ? "the store went away before it had confirmed the request, which it may have taken; look"
                + " at /api/runs, or send it again with the same id"
            : "the store is away; nothing was accepted, ask again later");
  }

  static RestResponse problem(Kind kind, String detail) {
    return new RestResponse(
        kind.status(), ProblemDetail.MEDIA_TYPE, ProblemDetail.of(kind, detail));
  }
}
