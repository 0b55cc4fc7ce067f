package io.github.camelakeeba.integration;

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

/** The bean {@code backup-host-requests}: requests of the application's routes, and replies. */
public final class BackupRequests {
  private static final Duration DEFAULT_WAIT = Duration.ofHours(6);
  private static final String PENDING = HostReplyAggregationStrategy.PENDING_REQUEST;

  private final RequestReader reader;
  private final RunQueries runs;
  private final EventJson json = new EventJson();

  public BackupRequests(RequestReader reader, RunQueries runs) {
    this.reader = reader;
    this.runs = runs;
  }

  /** A request without an answer yet: when the host repeats its call, it is no second one. */
  public record PendingRequest(String text, String id, OutcomeWait outcomeWait) {}

  /**
   * The request in the body; an empty body asks for the site in the variable {@code backup-site}.
   * One without an id gets that of the {@link PendingRequest}, which is in a property of the
   * exchange from here on; its wait is the variable {@code backup-wait}, a duration such as {@code
   * 30s}, or {@code 6h}. Throws {@link RunRefusedException}.
   */
  public BackupRequest readRequest(Exchange exchange) {
    byte[] body = exchange.getMessage().getBody(byte[].class);
    String site = HostReplyAggregationStrategy.option(exchange, "site");
    String text = body == null ? "" : new String(body, StandardCharsets.UTF_8).strip();
    String request = text.isEmpty() && site != null ? site : text;
    String id = id(exchange.getProperty(PENDING, PendingRequest.class), request);
    Duration wait = duration(HostReplyAggregationStrategy.option(exchange, "wait"));
    exchange.setProperty(PENDING, new PendingRequest(request, id, OutcomeWait.of(wait)));
    return reader.readEvent(body, new RequestDefaults(site, id, IfBusy.JOIN, "application"));
  }

  private static String id(PendingRequest before, String request) {
    return before != null && before.text().equals(request)
        ? before.id()
        : "ask-" + UUID.randomUUID();
  }

  private static Duration duration(String wait) {
    try {
      return wait == null ? DEFAULT_WAIT : Durations.parse(wait);
    } catch (IllegalArgumentException e) {
      throw new RunRefusedException(Reason.BAD_REQUEST, "the wait " + e.getMessage());
    }
  }

  /** The outcome as a CloudEvent, or the run as it is; its state is the header too. */
  public String reply(@Body PendingOutcome pending, @Headers Map<String, Object> headers) {
    Event outcome = pending.outcome();
    if (outcome != null) {
      headers.putAll(CamelChannel.attributes(outcome));
      headers.put("backup-state", outcome.data().state());
      return json.write(outcome);
    }
    RunView run = RunView.of(runs.find(pending.run().id()).orElseThrow(), null);
    headers.put("Content-Type", "application/json");
    headers.put("backup-state", run.state());
    return json.mapper().valueToTree(run).toString();
  }
}
