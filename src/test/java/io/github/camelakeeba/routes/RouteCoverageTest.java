package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

class RouteCoverageTest {
  private static final Path TESTS = Path.of("src/test/java/io/github/camelakeeba/routes");
  private static final Pattern FILE = Pattern.compile("(?m)^@ShippedRoute\\(\"([^\"]+)\"\\)");

  /** Files whose tests are not written yet; none may come in. */
  private static final Set<String> NOT_YET = Set.of();

  private static final String ROUTE =
      """
      - route:
          id: way
          from:
            uri: direct:way
            steps:
              - choice:
                  when:
                    - expression:
                        simple:
                          expression: ${body} == 'left'
                      steps:
                        - log:
                            message: left
                  otherwise:
                    steps:
                      - log:
                          message: right
      """;

  @Test
  void each_route_file_and_each_kamelet_has_one_test_that_reaches_all_of_its_steps()
      throws IOException {
    TreeMap<String, Path> tests = new TreeMap<>();
    try (Stream<Path> files = Files.list(TESTS)) {
      for (Path test : files.filter(one -> one.toString().endsWith("Test.java")).toList()) {
        Matcher file = FILE.matcher(Files.readString(test));
        if (file.find()) {
          assertThat(tests.put(file.group(1), test)).as("%s of %s", file.group(1), test).isNull();
        }
      }
    }
    Set<String> files = new TreeSet<>(NOT_YET);
    files.addAll(tests.keySet());
    assertThat(files)
        .containsExactlyElementsOf(
            Stream.concat(
                    RouteFile.all().map(file -> file.toString().replace(".camel.yaml", "")),
                    RouteFile.kamelets()
                        .map(file -> "kamelets/" + file.toString().replace(".kamelet.yaml", "")))
                .sorted()
                .toList());
    assertThat(tests).doesNotContainKeys(NOT_YET.toArray(String[]::new));
  }

  @Test
  void a_branch_that_nobody_took_is_named_with_its_line() throws Exception {
    RouteCoverage coverage = new RouteCoverage();
    try (CamelContext context = new DefaultCamelContext()) {
      context.getCamelContextExtension().addInterceptStrategy(coverage);
      PluginHelper.getRoutesLoader(context)
          .loadRoutes(ResourceHelper.fromString("way.camel.yaml", ROUTE));
      context.start();
      coverage.count("way.camel.yaml", context);

      Exchange left =
          context
              .createProducerTemplate()
              .send("direct:way", exchange -> exchange.getMessage().setBody("left"));
      assertThat(left.getException()).isNull();
      assertThat(coverage.missed())
          .singleElement()
          .asString()
          .isEqualTo("way.camel.yaml:16 log[right] in choice in route");

      context.createProducerTemplate().sendBody("direct:way", "right");
      assertThat(coverage.missed()).isEmpty();
    }
  }
}
