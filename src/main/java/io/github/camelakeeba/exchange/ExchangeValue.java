package io.github.camelakeeba.exchange;

import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;

/**
 * What a route asks of its exchange at each call, named there by Camel's language {@code ref}. The
 * same in Simple, {@code ${body.running}}, makes a bean expression each time and copies the whole
 * exchange for each method that it calls.
 *
 * @param reader null stands for nothing, and for false
 */
public record ExchangeValue(Function<Exchange, Object> reader) implements Expression, Predicate {

  /** Of the body, where it is of this type. */
  public static <T> ExchangeValue ofBody(Class<T> type, Function<T, Object> question) {
    return new ExchangeValue(exchange -> ask(exchange.getMessage().getBody(), type, question));
  }

  /** Of the exchange's variable, where it is of this type. */
  public static <T> ExchangeValue ofVariable(
      String name, Class<T> type, Function<T, Object> question) {
    return new ExchangeValue(exchange -> ask(exchange.getVariable(name), type, question));
  }

  private static <T> Object ask(Object value, Class<T> type, Function<T, Object> question) {
    return type.isInstance(value) ? question.apply(type.cast(value)) : null;
  }

  @Override
  public void init(CamelContext context) {
    // it needs nothing of it
  }

  @Override
  public boolean matches(Exchange exchange) {
    return Boolean.TRUE.equals(reader.apply(exchange));
  }

  @Override
  public <T> T evaluate(Exchange exchange, Class<T> type) {
    Object value = reader.apply(exchange);
    return type.isInstance(value)
        ? type.cast(value)
        : exchange.getContext().getTypeConverter().convertTo(type, exchange, value);
  }
}
