package io.github.camelakeeba.observe;

import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSentEvent;
import org.apache.camel.support.EventNotifierSupport;

/** Reports how long our direct routes take, by Camel's events: the routes measure nothing. */
public final class RouteTimingNotifier extends EventNotifierSupport {
  private static final String DIRECT = "direct://";

  private final List<Listener> listeners;

  interface Listener {
    /** The exchange is back from our route with this id; its exception is the route's. */
    void routeCompleted(Exchange exchange, String route, Duration took);
  }

  RouteTimingNotifier(List<Listener> listeners) {
    this.listeners = List.copyOf(listeners);
    setIgnoreCamelContextEvents(true);
    setIgnoreRouteEvents(true);
    setIgnoreServiceEvents(true);
    setIgnoreStepEvents(true);
    setIgnoreExchangeCreatedEvent(true);
    setIgnoreExchangeCompletedEvent(true);
    setIgnoreExchangeFailedEvents(true);
    setIgnoreExchangeRedeliveryEvents(true);
    // not ignored: Camel measures only what it has notified somebody of when it began
    setIgnoreExchangeSendingEvents(false);
  }

  @Override
  public void notify(CamelEvent event) {
    if (event instanceof ExchangeSentEvent sent) {
      String uri = sent.getEndpoint().getEndpointUri();
      if (uri.startsWith(DIRECT)) {
        Duration took = Duration.ofMillis(sent.getTimeTaken());
        String route = uri.substring(DIRECT.length());
        listeners.forEach(one -> one.routeCompleted(sent.getExchange(), route, took));
      }
    }
  }
}
