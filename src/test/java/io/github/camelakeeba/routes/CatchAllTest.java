package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * A {@code doCatch} of every exception catches errors of the Java machine too, since Camel wraps
 * them: the first bean that is called then throws such an error on before it does anything.
 */
@Tag("fault")
class CatchAllTest {

  private static final Properties BEAN_TYPES = RouteTestSupport.beanTypes();

  /** A catch-all and the bean method that handles what it caught. */
  private record CatchAll(RouteFile file, String route, BeanCall handler) {}

  @TestFactory
  Stream<DynamicTest> what_catches_every_exception_throws_errors_of_the_machine_on() {
    List<CatchAll> all =
        Stream.concat(RouteFile.all(), RouteFile.kamelets()).flatMap(CatchAllTest::in).toList();
    assertThat(all).hasSizeGreaterThan(2);
    return all.stream()
        .map(one -> DynamicTest.dynamicTest(one.file() + ": " + one.route(), () -> check(one)));
  }

  private static Stream<CatchAll> in(RouteFile file) {
    List<CatchAll> found = new ArrayList<>();
    for (RouteFile.Part part : file.parts()) {
      List<JsonNode> nodes = new ArrayList<>();
      addClausesAndCalls(part.node(), nodes);
      for (int i = 0; i < nodes.size(); i++) {
        if (catches(nodes.get(i), "java.lang.Exception")) {
          JsonNode call = call(nodes.subList(i, nodes.size()));
          String method = call.path("method").asText();
          found.add(new CatchAll(file, part.id(), new BeanCall(call.path("ref").asText(), method)));
        }
      }
    }
    return found.stream();
  }

  /** Clauses of doCatch and calls of beans in the order of the file. */
  private static void addClausesAndCalls(JsonNode node, List<JsonNode> nodes) {
    if (node.has("ref") && node.has("method")) {
      nodes.add(node);
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (entry.getKey().equals("doCatch")) {
        for (JsonNode clause : entry.getValue()) {
          nodes.add(clause);
          addClausesAndCalls(clause, nodes);
        }
      } else {
        addClausesAndCalls(entry.getValue(), nodes);
      }
    }
    if (node.isArray()) {
      node.forEach(one -> addClausesAndCalls(one, nodes));
    }
  }

  private static boolean catches(JsonNode node, String type) {
    return node.path("exception").toString().contains('"' + type + '"');
  }

  private static JsonNode call(List<JsonNode> nodes) {
    return nodes.stream()
        .filter(node -> node.has("ref"))
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  private static void check(CatchAll one) throws Exception {
    String type = BEAN_TYPES.getProperty(one.handler().bean());
    assertThat(type).as("the bean that handles what the route catches").isNotNull();
    Class<?> bean = Class.forName(type);
    Method method = one.handler().of(bean);
    OutOfMemoryError error = new OutOfMemoryError("Java heap space");
    Exception wrapped = new CamelExecutionException("wrapped", null, error);
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      Exchange exchange = new DefaultExchange(context);
      exchange.setProperty(Exchange.EXCEPTION_CAUGHT, wrapped);
      exchange.getMessage().setBody(wrapped);
      Object[] arguments =
          Arrays.stream(method.getParameterTypes())
              .map(
                  parameter ->
                      parameter == Exchange.class
                          ? exchange
                          : parameter.isInstance(wrapped) && parameter != Object.class
                              ? wrapped
                              : parameter.isPrimitive() ? primitive(parameter) : null)
              .toArray();
      // its fields are null: it throws before it uses any of them
      Object real = mock(bean, CALLS_REAL_METHODS);
      assertThat(catchThrowable(() -> method.invoke(real, arguments)))
          .as("%s, when an error of the Java machine was caught", one.handler())
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .isSameAs(error);
    }
  }

  private static Object primitive(Class<?> type) {
    return Array.get(Array.newInstance(type, 1), 0);
  }
}
