package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteBeansTest {
  private static final Path FAKES = Path.of("src/test/resources/route-beans.properties");

  @TempDir Path folder;

  @Test
  void every_bean_method_that_a_route_names_is_there_and_its_parameters_can_be_bound()
      throws Exception {
    Map<BeanCall, String> calls = new HashMap<>();
    RouteFile.all()
        .forEach(
            file ->
                RouteFile.walk(
                    file.tree(),
                    (key, node) -> {
                      if (node.has("ref") && node.has("method")) {
                        calls.put(call(node), file.toString());
                      }
                    }));
    assertThat(calls).hasSizeGreaterThan(20);

    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET);
      product.site("shop", shop.url()).start();
      Registry registry = product.service().context().getRegistry();
      Map<String, Set<Class<?>>> variables = variables(registry);
      List<String> problems = new ArrayList<>();
      calls.forEach(
          (call, file) -> {
            Object bean = registry.lookupByName(call.bean());
            List<String> found =
                bean == null
                    ? List.of("there is no such bean")
                    : call.problems(bean.getClass(), variables);
            found.forEach(one -> problems.add("%s calls %s: %s".formatted(file, call, one)));
          });
      assertThat(problems).isEmpty();
      assertThat(FAKES)
          .as("the real classes of the fakes of the route tests")
          .content()
          .isEqualTo(types(calls.keySet(), registry));
    }
  }

  /** Lines of name and class, in the order of names. */
  private static String types(Set<BeanCall> calls, Registry registry) {
    Set<String> lines = new TreeSet<>();
    calls.forEach(
        call ->
            lines.add(
                "%s = %s%n"
                    .formatted(
                        call.bean(), registry.lookupByName(call.bean()).getClass().getName())));
    return String.join("", lines);
  }

  private static BeanCall call(JsonNode node) {
    return new BeanCall(node.path("ref").asText(), node.path("method").asText());
  }

  /** What routes and Kamelets put into each variable, as far as a bean's method gives it. */
  private static Map<String, Set<Class<?>>> variables(Registry registry) {
    Map<String, Set<Class<?>>> types = new HashMap<>();
    Set<String> anything = new HashSet<>();
    Stream.concat(RouteFile.all(), RouteFile.kamelets())
        .forEach(
            file ->
                RouteFile.walk(
                    file.tree(),
                    (key, node) -> {
                      if (key.equals("setVariable")) {
                        String name = node.path("name").asText();
                        JsonNode method = node.path("expression").path("method");
                        Set<Class<?>> known = types.computeIfAbsent(name, one -> new HashSet<>());
                        if (method.has("ref")) {
                          Object bean = registry.lookupByName(call(method).bean());
                          known.add(call(method).of(bean.getClass()).getReturnType());
                        } else {
                          anything.add(name);
                        }
                      }
                      if (node.has("variableReceive")) {
                        anything.add(node.path("variableReceive").asText());
                      }
                    }));
    anything.forEach(name -> types.put(name, Set.of()));
    return types;
  }

  @Test
  void endpoints_that_routes_refer_to_by_name_are_there() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET);
      product.site("shop", shop.url()).start();
      Registry registry = product.service().context().getRegistry();
      RouteFile.all()
          .forEach(
              file ->
                  RouteFile.walk(
                      file.tree(),
                      (key, node) -> {
                        String name = reference(node);
                        if (!name.isEmpty() && !name.contains("$")) {
                          assertThat(registry.lookupByName(name)).as(name).isNotNull();
                        }
                      }));
    }
  }

  private static String reference(JsonNode node) {
    return node.isTextual() && node.asText().matches("#[a-z].*")
        ? node.asText().replaceFirst("#(bean:)?", "")
        : "";
  }
}
