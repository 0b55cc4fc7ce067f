package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.Header;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link RouteBeansTest} would say of a bean that Camel can't call as a route asks for it. */
class BeanCallTest {
  private static final Map<String, Set<Class<?>>> VARIABLES =
      Map.of("order", Set.of(Integer.class), "answer", Set.of());

  /** Its methods are called by routes that are right or wrong. */
  public static final class Asked {
    public void nothing() {}

    public void all(
        Exchange exchange,
        @Body String body,
        @Header("id") String id,
        @Headers Map<String, Object> headers,
        @Variable("order") int order,
        @Variable("answer") List<String> answer,
        @ExchangeException Throwable cause) {}

    public String one(String body) {
      return body;
    }

    public void two(String body, String other) {}

    public void unset(@Variable("odrer") int order) {}

    public void other(@Variable("order") List<String> order) {}

    public void exception(@ExchangeException String cause) {}

    public void headers(@Headers String headers) {}

    public void overloaded(String body) {}

    public void overloaded(Integer body) {}

    void hidden() {}
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nothing
          nothing()
          all
          one
          one('text')
          one(${bodyAs(String)})
          one(${header.id})
          two('a, b', *)
          two('{{site}}', ${variable.answer})
          exception(${exception.message})
          other(${variable.answer})
          """)
  void a_call_that_can_be_bound_is_right(String method) {
    assertThat(problems(method)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          missing                    | has no public method missing
          hidden                     | has no public method hidden
          overloaded                 | has 2 methods overloaded
          two                        | 2 parameters of
          two('a')                   | takes 2 parameters, the route hands over 1
          nothing('a')               | takes 0 parameters, the route hands over 1
          unset                      | no route sets the variable odrer
          other                      | the variable order is a [java.lang.Integer], never a java.util.List
          one(${variable.order})     | the variable order is a [java.lang.Integer], never a java.lang.String
          one(${variable.odrer})     | no route sets the variable odrer
          exception                  | a java.lang.String takes no exception
          headers                    | a java.lang.String takes no map
          one(${exception})          | a java.lang.String does not take ${exception}
          one(${headers})            | a java.lang.String does not take ${headers}
          one(${bodyAs(byte[])})     | a java.lang.String does not take ${bodyAs(byte[])}
          """)
  void a_call_that_can_not_be_bound_is_told_with_what_is_wrong(String method, String problem) {
    assertThat(problems(method)).singleElement().asString().contains(problem);
  }

  private static List<String> problems(String method) {
    return new BeanCall("asked", method).problems(Asked.class, VARIABLES);
  }
}
