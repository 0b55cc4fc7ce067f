package io.github.camelakeeba.rest;

import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Exchange;

/** The bean {@code backup-read-operations}: the answers of the operations that only read. */
public final class ReadOperations {
  private final Map<String, Function<Exchange, RestResponse>> operations;

  /** By the ids of the rest operations. */
  public ReadOperations(Map<String, Function<Exchange, RestResponse>> operations) {
    this.operations = Map.copyOf(operations);
  }

  /** The answer of the operation that the call came by. */
  public RestResponse read(Exchange exchange) {
    Function<Exchange, RestResponse> operation = operations.get(exchange.getFromRouteId());
    if (operation == null) {
      throw new IllegalStateException(
          "nothing answers the operation %s; the operations that only read are %s"
              .formatted(exchange.getFromRouteId(), operations.keySet()));
    }
    return operation.apply(exchange);
  }
}
