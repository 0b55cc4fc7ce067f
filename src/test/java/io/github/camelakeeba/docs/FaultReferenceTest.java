package io.github.camelakeeba.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.akeeba.ErrorKind;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The table of faults names tests that hold what it says, and that are part of the suite. */
class FaultReferenceTest {
  private static final Path PAGE = Path.of("docs/reference/faults.md");
  private static final Path TESTS = Path.of("src/test/java");
  private static final Pattern NAMED = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
  private static final Pattern KIND = Pattern.compile("^`([a-z-]+)`: ");

  @Test
  void it_has_a_row_for_each_of_thirty_faults_and_more() throws Exception {
    assertThat(rows())
        .hasSizeGreaterThanOrEqualTo(30)
        .allSatisfy(row -> assertThat(row).hasSize(4).noneMatch(String::isBlank));
    assertThat(rows().stream().map(row -> row.get(0))).doesNotHaveDuplicates();
  }

  @Test
  void each_row_names_tests_that_exist_and_carry_the_tag() throws Exception {
    Map<String, String> classes = classes();
    for (List<String> row : rows()) {
      List<String[]> named =
          NAMED
              .matcher(row.get(3))
              .results()
              .map(test -> new String[] {test.group(1), test.group(2)})
              .toList();
      assertThat(named).as(row.get(0)).isNotEmpty();
      for (String[] test : named) {
        assertThat(classes).as(row.get(0)).containsKey(test[0]);
        Class<?> type =
            Class.forName(classes.get(test[0]), false, FaultReferenceTest.class.getClassLoader());
        List<Method> methods =
            Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(test[1]))
                .toList();
        assertThat(methods).as("%s: %s", row.get(0), String.join(".", test)).hasSize(1);
        assertThat(tagged(type) || tagged(methods.get(0)))
            .as("%s: the tag of %s", row.get(0), String.join(".", test))
            .isTrue();
      }
    }
  }

  @Test
  void each_test_class_with_the_tag_is_named() throws Exception {
    String page = Files.readString(PAGE);
    for (String name : classes().keySet()) {
      if (Files.readString(file(name)).contains("\n@Tag(\"fault\")\n")) {
        assertThat(page).contains("`" + name + ".");
      }
    }
  }

  @Test
  void the_kinds_are_those_of_the_program() throws Exception {
    Set<String> kinds =
        Arrays.stream(ErrorKind.values()).map(ErrorKind::word).collect(Collectors.toSet());
    List<String> named =
        rows().stream()
            .flatMap(row -> KIND.matcher(row.get(2)).results().map(kind -> kind.group(1)))
            .toList();
    assertThat(named).hasSizeGreaterThan(10).isSubsetOf(kinds);
  }

  private static boolean tagged(AnnotatedElement element) {
    return Arrays.stream(element.getAnnotationsByType(Tag.class))
        .anyMatch(tag -> tag.value().equals("fault"));
  }

  private static List<List<String>> rows() throws IOException {
    return Files.readAllLines(PAGE).stream()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| the fault "))
        .map(line -> line.substring(1, line.lastIndexOf('|')))
        .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
        .toList();
  }

  /** The full names of the test classes by their short ones. */
  private static Map<String, String> classes() throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      Map<String, String> names = new TreeMap<>();
      files
          .filter(file -> file.toString().endsWith("Test.java"))
          .map(file -> TESTS.relativize(file).toString().replaceAll("[/\\\\]", "."))
          .map(name -> name.replaceFirst("\\.java$", ""))
          .forEach(name -> names.put(name.substring(name.lastIndexOf('.') + 1), name));
      return names;
    }
  }

  private static Path file(String name) throws IOException {
    return TESTS.resolve(classes().get(name).replace('.', '/') + ".java");
  }
}
