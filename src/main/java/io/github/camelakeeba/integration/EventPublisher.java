package io.github.camelakeeba.integration;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.event.OutboxEntry;
import io.github.camelakeeba.event.Recipient;
import io.github.camelakeeba.exchange.HostReplyAggregationStrategy;
import io.github.camelakeeba.outbox.Outbox;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/** Events between the channels and other routes. */
public final class EventPublisher {
  private final Set<String> channels;
  private final Outbox outbox;
  private final Clock clock;
  private final EventJson json = new EventJson();

  public EventPublisher(Set<String> channels, Outbox outbox, Clock clock) {
    this.channels = channels;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Puts the event on its way; throws {@link RunRefusedException}: it is none, or to nobody. */
  public void publish(Exchange exchange, @Body String body) {
    String channel = HostReplyAggregationStrategy.option(exchange, "channel");
    if (channel == null || !channels.contains(channel)) {
      throw new RunRefusedException(
          Reason.UNKNOWN_CHANNEL,
          "the variable backup-channel names no channel of sites.yaml; there are: " + channels);
    }
    outbox.enqueueEntry(
        new OutboxEntry(event(body), List.of(new Recipient(channel, null, clock.instant()))));
  }

  private Event event(String body) {
    try {
      Event event = json.read(body == null ? "" : body);
      if (Stream.of(event.id(), event.source(), event.type(), event.subject(), event.time())
              .allMatch(Objects::nonNull)
          && event.data() != null
          && event.data().state() != null
          && event.data().site() != null) {
        return event;
      }
    } catch (IllegalArgumentException e) {
      // the text may be anybody's, so it is not repeated
    }
    throw new RunRefusedException(Reason.BAD_REQUEST, "the body is no event of a backup");
  }

  /** Whether the event is of these states and sites; {@code *} is all of them. */
  public boolean matches(
      @Header("ce_type") String type,
      @Header("ce_source") String source,
      @Variable("backup-kamelet-states") String states,
      @Variable("backup-kamelet-sites") String sites) {
    return contains(states, type.replaceAll("^.*[.]([a-z]+)[.]v\\d+$", "$1"))
        && contains(sites, source.replaceFirst("^.*/sites/", ""));
  }

  private static boolean contains(String names, String name) {
    return names.isBlank()
        || Arrays.stream(names.split(","))
            .map(String::strip)
            .anyMatch(one -> one.equals("*") || one.equals(name));
  }
}
