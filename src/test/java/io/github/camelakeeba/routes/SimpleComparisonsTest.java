package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Camel looks for a type converter each time that Simple compares an enum with a text (measured: 17
 * % of the processor time of a step): a route compares names, words or booleans.
 */
class SimpleComparisonsTest {
  private static final String TEXT = "(?:'[^']*'|\"[^\"]*\")";
  private static final String FUNCTION = "\\$\\{([^{}]+)}";
  private static final String OPERATOR = "\\s*(?:[=!~<>]+|!?(?:contains|in|regex))\\s*";
  private static final Pattern COMPARED =
      Pattern.compile(FUNCTION + OPERATOR + TEXT + "|" + TEXT + OPERATOR + FUNCTION);

  /** Names of what gives an enum, without a parameter, in any class of ours. */
  private static Set<String> enumAccessors() {
    return new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.camelakeeba")
            .stream()
            .flatMap(type -> type.getMethods().stream())
            .filter(method -> method.getRawParameterTypes().isEmpty())
            .filter(method -> method.getRawReturnType().isEnum())
            .map(JavaMethod::getName)
            .collect(Collectors.toSet());
  }

  /** Functions of an expression that end with one of the names and are compared with a text. */
  private static List<String> comparedEnums(String expression, Set<String> accessors) {
    List<String> found = new ArrayList<>();
    Matcher compared = COMPARED.matcher(expression);
    while (compared.find()) {
      String function = compared.group(1) == null ? compared.group(2) : compared.group(1);
      String last = function.substring(function.lastIndexOf('.') + 1).replaceAll("[?()]", "");
      if (accessors.contains(last)) {
        found.add(compared.group());
      }
    }
    return found;
  }

  @Test
  void no_route_compares_an_enum_with_a_text() {
    Set<String> accessors = enumAccessors();
    assertThat(accessors).as("enums of a run").contains("phase", "state");
    Stream.concat(RouteFile.all(), RouteFile.kamelets())
        .forEach(
            file ->
                RouteFile.walk(
                    file.tree(),
                    (key, node) ->
                        assertThat(comparedEnums(node.isTextual() ? node.asText() : "", accessors))
                            .as("in %s; compare its name or a boolean of the record", file)
                            .isEmpty()));
  }

  /**
   * For each method that Simple calls, Camel makes a bean expression and copies the exchange
   * (measured: a quarter of what a call allocates).
   */
  @Test
  void what_each_step_goes_through_calls_no_method_in_simple() {
    Set<String> ofEachStep =
        Set.of("backup-step", "akeeba-step-backup", "akeeba-send", "akeeba-pause");
    Pattern method = Pattern.compile("\\$\\{(body|variable\\.[a-z-]+)\\..+}");
    RouteFile.all()
        .flatMap(file -> file.parts().stream())
        .filter(part -> ofEachStep.contains(part.id()))
        .forEach(
            part ->
                RouteFile.walk(
                    part.node(),
                    (key, node) ->
                        assertThat(node.path("simple").path("expression").asText())
                            .as(part.id())
                            .doesNotContainPattern(method)));
  }

  @Test
  void an_enum_is_found_on_either_side_and_its_name_is_none() {
    Set<String> accessors = Set.of("phase", "state");
    assertThat(comparedEnums("${body.phase} == 'STEP'", accessors)).hasSize(1);
    assertThat(comparedEnums("${body.running} && 'STEP' != ${body?.phase()}", accessors))
        .hasSize(1);
    assertThat(comparedEnums("${variable.backup-run.state} in 'RUNNING,QUEUED'", accessors))
        .hasSize(1);
    assertThat(comparedEnums("${body.phase.name} == 'STEP' || ${body.phase} == null", accessors))
        .isEmpty();
  }
}
