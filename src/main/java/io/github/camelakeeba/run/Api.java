package io.github.camelakeeba.run;

import io.github.camelakeeba.notify.Event;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the HTTP API answers. */
public final class Api {
  private static final Logger LOG = LoggerFactory.getLogger(Api.class);
  private static final Pattern WAIT = Pattern.compile("(\\d{1,4})(ms|s|m)?");
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  private final Status status;
  private final Runs runs;
  private final Clock clock;

  /** Sites come from the status, runs from the runs. */
  public Api(Status status, Runs runs, Clock clock) {
    this.status = status;
    this.runs = runs;
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

  /** The reply to an accepted request: its run, or its outcome when it has ended. */
  public Reply accepted(Run run, Duration wait) {
    return look(run.id(), clock.instant().plus(wait));
  }

  /** The reply after another look at the run. */
  public Reply again(Reply reply) {
    return look(reply.run(), reply.until());
  }

  private Reply look(String id, Instant until) {
    Optional<Event> outcome = runs.outcome(id);
    if (outcome.isPresent()) {
      return new Reply(200, Event.MEDIA_TYPE, outcome.get(), id, null);
    }
    boolean over = !clock.instant().isBefore(until);
    return new Reply(202, "application/json", view(id), id, over ? null : until);
  }

  private RunView view(String id) {
    return runs.find(id).map(run -> RunView.of(run, runs.outcome(id).orElse(null))).orElse(null);
  }

  /** One run. */
  public Reply run(@Header("id") String id) {
    RunView view = view(id);
    return view == null ? problem(404, "there is no such run") : Reply.json(200, view);
  }

  /** All sites, in the configuration's order. */
  public Reply sites() {
    return Reply.json(200, status.sites());
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
      return problem(
          switch (refused.reason()) {
            case BAD_REQUEST -> 400;
            case UNKNOWN_SITE, UNKNOWN_CHANNEL -> 404;
            case UNPROVEN -> 401;
            case NOT_ADMITTED -> 403;
            case DISABLED, BUSY -> 409;
            case INTERNAL -> 500;
          },
          refused.getMessage());
    }
    if (StoreTrouble.is(thrown)) {
      return problem(503, "the store is away; nothing was accepted, ask again later");
    }
    LOG.error("the API failed", thrown);
    return problem(500, "this program failed; its log holds the details");
  }

  private static Reply problem(int status, String detail) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", "about:blank");
    problem.put("title", org.eclipse.jetty.http.HttpStatus.getMessage(status));
    problem.put("status", status);
    problem.put("detail", detail);
    return new Reply(status, "application/problem+json", problem, null, null);
  }
}
