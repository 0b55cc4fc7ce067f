package io.github.camelakeeba.integration;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.camelakeeba.config.Durations;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.exchange.HostReplyAggregationStrategy;
import io.github.camelakeeba.notify.channel.CamelChannel;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.BackupRequest.IfBusy;
import io.github.camelakeeba.run.RequestDefaults;
import io.github.camelakeeba.run.RequestReader;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.run.store.RunQueries;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Headers;

/** What other routes of the same application ask for, and get. */
public final class BackupRequests {
  private static final Duration DEFAULT_WAIT = Duration.ofHours(6);
  private static final String PENDING = "backup-pending-request";

  private final RequestReader reader;
  private final RunQueries runs;
  private final EventJson json = new EventJson();

  /** The reader knows the sites. */
  public BackupRequests(RequestReader reader, RunQueries runs) {
    this.reader = reader;
    this.runs = runs;
  }

  /** A request that has had no answer yet: when the host repeats its call, it is no second one. */
  public record PendingRequest(String text, String id) {}

  /** The request that is asked for: the one that this exchange has asked for already, or a new. */
  public PendingRequest pendingRequest(Exchange exchange) {
    byte[] body = body(exchange);
    String site = site(exchange);
    String text = body == null ? "" : new String(body, StandardCharsets.UTF_8);
    String wish = text.isBlank() && site != null ? site : text.strip();
    PendingRequest before = exchange.getProperty(PENDING, PendingRequest.class);
    return before != null && before.text().equals(wish)
        ? before
        : new PendingRequest(wish, "ask-" + UUID.randomUUID());
  }

  private static byte[] body(Exchange exchange) {
    return exchange.getMessage().getBody(byte[].class);
  }

  private static String site(Exchange exchange) {
    String site = HostReplyAggregationStrategy.option(exchange, "site");
    return site == null || site.isBlank() ? null : site.strip();
  }

  /**
   * The request in the body; an empty body asks for the site in the variable {@code backup-site}.
   * One without an id gets that of the call. Throws {@link RunRefusedException}.
   */
  public BackupRequest readRequest(Exchange exchange) {
    String id = exchange.getProperty(PENDING, PendingRequest.class).id();
    return reader.readEvent(body(exchange), new RequestDefaults(site(exchange), id, IfBusy.JOIN));
  }

  /**
   * How long the route waits; the variable {@code backup-wait} is a duration such as {@code 30s},
   * {@code 6h} when there is none. Throws {@link RunRefusedException}.
   */
  public OutcomeWait outcomeWait(Exchange exchange) {
    return OutcomeWait.of(duration(HostReplyAggregationStrategy.option(exchange, "wait")));
  }

  private static Duration duration(String wait) {
    try {
      return wait == null || wait.isBlank() ? DEFAULT_WAIT : Durations.parse(wait);
    } catch (IllegalArgumentException e) {
      throw new RunRefusedException(Reason.BAD_REQUEST, "the wait " + e.getMessage());
    }
  }

  private String toJson(RunView run) {
    try {
      return json.mapper().writeValueAsString(run);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("run " + run.id() + " cannot be written as JSON", e);
    }
  }

  /** The outcome as a CloudEvent, or the run as it stands; its state is the header too. */
  public String reply(@Body PendingOutcome asked, @Headers Map<String, Object> headers) {
    Event outcome = asked.outcome();
    if (outcome != null) {
      headers.putAll(CamelChannel.attributes(outcome));
      headers.put("backup-state", outcome.data().state());
      return json.write(outcome);
    }
    RunView run = RunView.of(runs.find(asked.run().id()).orElseThrow(), null);
    headers.put("Content-Type", "application/json");
    headers.put("backup-state", run.state());
    return toJson(run);
  }
}
