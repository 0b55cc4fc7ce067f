package io.github.camelakeeba.exchange;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;

/**
 * Sends on an exchange of its own what must not inherit anything. What Camel copies (multicast,
 * split, seda, a wire tap) inherits variables, properties and the state of an error handler; a wire
 * tap without a copy fails for an exchange that no consumer made.
 */
public final class IsolatedExchanges {
  private final CamelContext context;
  private final ProducerTemplate template;

  public IsolatedExchanges(CamelContext context) {
    this.context = context;
    this.template = context.createProducerTemplate();
  }

  /** Requests a claim without waiting for it; one that is lost comes with the next tick. */
  public void requestClaim() {
    send("seda:backup-claim?size=1&discardWhenFull=true&waitForTaskToComplete=Never", null);
  }

  /** The exchange after the call; a failure is its exception. */
  public Exchange send(String uri, Object body) {
    return send(uri, body, Map.of());
  }

  /** The same with headers; throws when there is no such endpoint. */
  public Exchange send(String uri, Object body, Map<String, Object> headers) {
    Exchange exchange = new DefaultExchange(context);
    exchange.getMessage().setBody(body);
    exchange.getMessage().setHeaders(new HashMap<>(headers));
    return template.send(uri, exchange);
  }

  /** Sends the message; throws why the endpoint did not accept it. */
  public void deliver(String uri, Object body, Map<String, Object> headers) throws Exception {
    Exchange sent = send(uri, body, headers);
    if (sent.getException() != null) {
      throw sent.getException();
    }
  }

  public void close() {
    template.stop();
  }
}
