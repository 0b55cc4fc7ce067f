package io.github.camelakeeba.exchange;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;

/**
 * Begins on an exchange of its own what must know nothing of whatever has led to it. What Camel
 * copies (multicast, split, seda, a wire tap) brings along variables, properties and its marks of
 * an error handler at work; a wire tap without a copy fails for an exchange that no consumer made.
 */
public final class IsolatedExchanges {
  private static final String CLAIM_URI =
      "seda:backup-claim?size=1&discardWhenFull=true&waitForTaskToComplete=Never";

  private final CamelContext context;
  private final ProducerTemplate template;

  public IsolatedExchanges(CamelContext context) {
    this.context = context;
    this.template = context.createProducerTemplate();
  }

  /**
   * Asks for a claim without waiting for it; one that can't be asked for comes with the next tick.
   */
  public void requestClaim() {
    send(CLAIM_URI, null);
  }

  /** The exchange after the body went there; what failed is its exception. */
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

  /** Hands the message to the endpoint; throws why that did not take it. */
  public void deliver(String uri, Object body, Map<String, Object> headers) throws Exception {
    Exchange sent = send(uri, body, headers);
    if (sent.getException() != null) {
      throw sent.getException();
    }
  }

  /** Nothing begins any more. */
  public void close() {
    template.stop();
  }
}
