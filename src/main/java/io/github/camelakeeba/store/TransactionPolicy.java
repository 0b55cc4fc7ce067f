package io.github.camelakeeba.store;

import java.util.function.BiConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Policy;

/** The {@code policy} of steps whose writes are committed together; what they throw rolls back. */
public final class TransactionPolicy implements Policy {
  private final BiConsumer<Exchange, Runnable> transaction;

  /** Does the steps in a transaction, perhaps again; throws what they throw, or the store. */
  public TransactionPolicy(BiConsumer<Exchange, Runnable> transaction) {
    this.transaction = transaction;
  }

  @Override
  public void beforeWrap(Route route, NamedNode definition) {}

  @Override
  public Processor wrap(Route route, Processor steps) {
    return exchange -> transaction.accept(exchange, () -> run(steps, exchange));
  }

  private static void run(Processor steps, Exchange exchange) {
    Object body = exchange.getMessage().getBody();
    try {
      steps.process(exchange);
    } catch (Exception e) {
      exchange.setException(e);
    }
    Exception thrown = exchange.getException();
    if (thrown != null) {
      // a repetition begins as the first attempt did
      exchange.setException(null);
      exchange.getMessage().setBody(body);
      throw RuntimeCamelException.wrapRuntimeException(thrown);
    }
  }
}
