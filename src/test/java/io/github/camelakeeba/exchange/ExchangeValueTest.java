package io.github.camelakeeba.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class ExchangeValueTest {
  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

  @Test
  @SuppressWarnings("deprecation") // where a bean of an InOut exchange leaves its answer
  void it_asks_the_body_as_the_last_step_left_it() {
    ExchangeValue empty = ExchangeValue.ofBody(String.class, String::isEmpty);
    exchange.setPattern(ExchangePattern.InOut);
    exchange.getIn().setBody("");
    exchange.getOut().setBody("a text");

    assertThat(empty.matches(exchange)).isFalse();
    assertThat(empty.evaluate(exchange, Boolean.class)).isFalse();

    exchange.getOut().setBody("");
    assertThat(empty.matches(exchange)).isTrue();
  }

  @Test
  void it_gives_what_a_variable_says_in_the_type_that_is_asked_for() {
    ExchangeValue length = ExchangeValue.ofVariable("akeeba-site", String.class, String::length);
    exchange.setVariable("akeeba-site", "shop");

    assertThat(length.evaluate(exchange, Object.class)).isEqualTo(4);
    assertThat(length.evaluate(exchange, String.class)).isEqualTo("4");
  }

  @Test
  void what_is_not_there_or_of_another_type_is_nothing_and_no() {
    ExchangeValue empty = ExchangeValue.ofVariable("akeeba-site", String.class, String::isEmpty);

    assertThat(empty.matches(exchange)).isFalse();
    assertThat(empty.evaluate(exchange, Object.class)).isNull();

    exchange.setVariable("akeeba-site", 4);
    assertThat(empty.matches(exchange)).isFalse();
    assertThat(empty.evaluate(exchange, Boolean.class)).isNull();
  }
}
