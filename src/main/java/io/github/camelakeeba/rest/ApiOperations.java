package io.github.camelakeeba.rest;

import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Exchange;

/** The bean {@code backup-api-operations}: the answers of the operations of the HTTP API. */
public final class ApiOperations {
  private final Map<String, Function<Exchange, RestResponse>> operations;

  public ApiOperations(Map<String, Function<Exchange, RestResponse>> operations) {
    this.operations = Map.copyOf(operations);
  }

  public RestResponse answer(Exchange exchange) {
    Function<Exchange, RestResponse> operation = operations.get(exchange.getFromRouteId());
    if (operation == null) {
      throw new IllegalStateException(
          "nothing answers the operation %s; the operations are %s"
              .formatted(exchange.getFromRouteId(), operations.keySet()));
    }
    return operation.apply(exchange);
  }
}
