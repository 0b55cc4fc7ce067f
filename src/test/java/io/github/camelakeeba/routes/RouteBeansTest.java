package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteBeansTest {
  @TempDir Path folder;

  @Test
  void every_bean_and_method_that_a_route_names_is_there() throws Exception {
    Map<String, String> asked = new TreeMap<>();
    RouteFile.all()
        .forEach(
            file ->
                RouteFile.walk(
                    file.tree(),
                    (key, node) -> {
                      if (node.has("ref")) {
                        String method = node.path("method").asText().replaceFirst("[(].*", "");
                        asked.put(node.path("ref").asText() + "." + method, file.toString());
                      }
                    }));
    assertThat(asked).hasSizeGreaterThan(20);

    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET);
      product.site("shop", shop.url()).start();
      Registry registry = product.service().context().getRegistry();
      asked.forEach(
          (question, file) -> {
            String[] parts = question.split("[.]");
            Object bean = registry.lookupByName(parts[0]);
            assertThat(bean).as("%s of %s", parts[0], file).isNotNull();
            assertThat(Arrays.stream(bean.getClass().getMethods()).map(Method::getName))
                .as("methods of %s, asked in %s", parts[0], file)
                .contains(parts[1]);
          });
    }
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
