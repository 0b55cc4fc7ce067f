package io.github.camelakeeba.rest;

import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Exchange;

/** The bean {@code backup-api-operations}: the answers of the operations of the HTTP API. */
public final class ApiOperations {
  private final Map<String, Function<Exchange, RestResponse>> operations;
  private final SiteAccess access;

  public ApiOperations(
      Map<String, Function<Exchange, RestResponse>> operations, SiteAccess access) {
    this.operations = Map.copyOf(operations);
    this.access = access;
  }

  public RestResponse answer(Exchange exchange) {
    Function<Exchange, RestResponse> operation = operations.get(exchange.getFromRouteId());
    if (operation == null) {
      throw new IllegalStateException(
          "nothing answers the operation %s; the operations are %s"
              .formatted(exchange.getFromRouteId(), operations.keySet()));
    }
    // of a public operation nobody has found out who calls it
    Caller.find(exchange).ifPresent(caller -> access.check(caller, exchange));
    return operation.apply(exchange);
  }
}
