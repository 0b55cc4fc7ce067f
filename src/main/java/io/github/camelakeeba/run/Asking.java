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

  /** A request that has had no answer yet: when the host repeats its call, it is no second one. */
  public record Pending(String text, String id) {}

  /** The request that is asked for: the one that this exchange has asked for already, or a new. */
  public Pending pending(Exchange exchange) {
    byte[] body = body(exchange);
    String site = site(exchange);
    String text = body == null ? "" : new String(body, StandardCharsets.UTF_8);
    String wish = text.isBlank() && site != null ? site : text.strip();
    Pending before = exchange.getProperty(PENDING, Pending.class);
    return before != null && before.text().equals(wish)
        ? before
        : new Pending(wish, "ask-" + UUID.randomUUID());
  }

  private static byte[] body(Exchange exchange) {
    return exchange.getMessage().getBody(byte[].class);
  }

  private static String site(Exchange exchange) {
    String site = HostAnswer.option(exchange, "site");
    return site == null || site.isBlank() ? null : site.strip();
  }

  /**
   * The request in the body; an empty body asks for the site in the variable {@code backup-site}.
   * One without an id gets that of the call. Throws {@link RunRefusedException}.
   */
  public BackupRequest request(Exchange exchange) {
    wait(exchange); // before anything is accepted
    String id = exchange.getProperty(PENDING, Pending.class).id();
    return reader.event(body(exchange), new Openings(site(exchange), id, IfBusy.JOIN));
  }

  /**
   * The first look; the variable {@code backup-wait} is a duration such as {@code 30s}, {@code 6h}
   * when there is none.
   */
  public Asked first(Exchange exchange, @Body Run run) {
    return look(run.id(), clock.instant().plus(wait(exchange)), FIRST_PAUSE);
  }

  private static Duration wait(Exchange exchange) {
    return duration(HostAnswer.option(exchange, "wait"));
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
      @Variable("backup-asked") Asked asked, @Headers Map<String, Object> headers) {
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
