package io.github.camelakeeba.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.camelakeeba.notify.Buses;
import io.github.camelakeeba.notify.Event;
import io.github.camelakeeba.notify.EventJson;
import io.github.camelakeeba.run.BackupRequest.IfBusy;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.site.Durations;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Headers;
import org.apache.camel.Variable;

/** The bean {@code backup-asking}: what other routes of the same application ask for, and get. */
public final class Asking {
  private static final Duration WAIT = Duration.ofHours(6);
  private static final String PENDING = "backup-asked";
  private static final long FIRST_PAUSE = 100;
  private static final long LONGEST_PAUSE = 2_000;

  private final RequestReader reader;
  private final Runs runs;
  private final RunGate gate;
  private final Clock clock;
  private final EventJson json = new EventJson();

  /** Once the gate is closed nobody waits any more. */
  public Asking(RequestReader reader, Runs runs, RunGate gate, Clock clock) {
    this.reader = reader;
    this.runs = runs;
    this.gate = gate;
    this.clock = clock;
  }

  /** A request that has had no answer yet: when the route repeats its call, it is no second one. */
  private record Pending(String text, String id) {
    /** The answer was given. What an expression removes from an exchange, Camel puts back. */
    static final Pending NONE = new Pending("", "");
  }

  /**
   * The request in the body; an empty body asks for the site in the variable {@code backup-site}.
   * One without an id gets one, which stays while the same exchange repeats it. Throws {@link
   * RunRefusedException}.
   */
  public BackupRequest request(
      Exchange exchange,
      @Variable("backup-site") String site,
      @Variable("backup-wait") String wait) {
    duration(wait); // before anything is accepted
    byte[] body = exchange.getMessage().getBody(byte[].class);
    String meant = site == null || site.isBlank() ? null : site.strip();
    String text = body == null ? "" : new String(body, StandardCharsets.UTF_8);
    String wish = text.isBlank() && meant != null ? meant : text.strip();
    Pending pending = exchange.getProperty(PENDING, Pending.class);
    if (pending == null || !pending.text().equals(wish)) {
      pending = new Pending(wish, "ask-" + UUID.randomUUID());
      exchange.setProperty(PENDING, pending);
    }
    return reader.event(body, new Openings(meant, pending.id(), IfBusy.JOIN));
  }

  /** The first look; the wait is a duration such as {@code 30s}, {@code 6h} when there is none. */
  public Asked first(@Body Run run, @Variable("backup-wait") String wait) {
    return look(run.id(), clock.instant().plus(duration(wait)), FIRST_PAUSE);
  }

  private static Duration duration(String wait) {
    try {
      return wait == null || wait.isBlank() ? WAIT : Durations.parse(wait);
    } catch (IllegalArgumentException e) {
      throw new RunRefusedException(Reason.BAD_REQUEST, "the wait " + e.getMessage());
    }
  }

  /** Another look. */
  public Asked again(@Variable("backup-asked") Asked asked) {
    return look(asked.run(), asked.until(), Math.min(asked.pause() * 2, LONGEST_PAUSE));
  }

  private Asked look(String run, Instant until, long pause) {
    Event outcome = runs.outcome(run).orElse(null);
    boolean open = outcome == null && gate.open() && clock.instant().isBefore(until);
    return new Asked(run, outcome, until, pause, open);
  }

  private String written(RunView run) {
    try {
      return json.mapper().writeValueAsString(run);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("run " + run.id() + " cannot be written as JSON", e);
    }
  }

  /** The outcome as a CloudEvent, or the run as it stands; its state is the header too. */
  public String answer(
      Exchange exchange,
      @Variable("backup-asked") Asked asked,
      @Headers Map<String, Object> headers) {
    exchange.setProperty(PENDING, Pending.NONE);
    Event outcome = asked.outcome();
    if (outcome != null) {
      headers.putAll(Buses.attributes(outcome));
      headers.put("backup-state", outcome.data().state());
      return json.write(outcome);
    }
    RunView run = RunView.of(runs.find(asked.run()).orElseThrow(), null);
    headers.put("Content-Type", "application/json");
    headers.put("backup-state", run.state());
    return written(run);
  }
}
