package io.github.camelakeeba.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code mvn test} is an answer within a few minutes, and {@code mvn verify -Pall}, which {@code
 * .ci/run} calls, leaves nothing out: a class of tests that starts something big says so by its
 * tag, and each tag is run.
 */
class GateTest {
  private static final Path TESTS = Path.of("src/test/java");

  /** What a class uses, and the tags of which it carries one then. */
  private static final Map<Pattern, List<String>> BIG =
      Map.of(
          Pattern.compile("\\b(EmbeddedPostgres|SharedPostgres)\\b"),
              List.of("postgres", "process", "broker", "browser"),
          Pattern.compile("\\b(ArtemisBroker|KafkaBroker)\\b"), List.of("broker"),
          Pattern.compile("\\b(ChildProcess|PackedProgram)\\b"),
              List.of("process", "broker", "cluster", "chaos", "rabbitmq", "browser"),
          Pattern.compile("\\bCluster\\.Shared\\b"), List.of("cluster"));

  private static final Pattern TAG = Pattern.compile("(?m)^@Tag\\(\"([a-z0-9]+)\"\\)$");

  @Test
  void what_starts_a_process_a_broker_or_a_database_is_no_part_of_mvn_test() throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      for (Path file : files.filter(one -> one.toString().endsWith("Test.java")).toList()) {
        String text = Files.readString(file);
        List<String> tags = TAG.matcher(text).results().map(tag -> tag.group(1)).toList();
        BIG.forEach(
            (used, allowed) -> {
              if (used.matcher(text).find() && !file.endsWith("GateTest.java") && concrete(text)) {
                assertThat(tags)
                    .as("%s uses %s: give it one of these tags", file, used)
                    .containsAnyElementsOf(allowed);
              }
            });
      }
    }
  }

  private static boolean concrete(String text) {
    return !text.contains("\nabstract class ");
  }

  /** The tag {@code fault} is beside the others: it says what a test promises. */
  @Test
  void each_tag_belongs_to_one_part_of_the_build() throws IOException {
    List<String> known = new ArrayList<>(property("test.late"));
    known.addAll(property("test.thorough"));
    assertThat(all()).as("those of -Pall").containsExactlyInAnyOrderElementsOf(known);
    assertThat(Files.readString(Path.of(".ci/run"))).contains("mvn -B -ntp verify -Pall ");
    known.addAll(property("test.elsewhere"));
    known.addAll(List.of("fault", "bench"));
    try (Stream<Path> files = Files.walk(TESTS)) {
      for (Path file : files.filter(one -> one.toString().endsWith("Test.java")).toList()) {
        assertThat(
                TAG.matcher(Files.readString(file))
                    .results()
                    .map(tag -> tag.group(1))
                    .collect(Collectors.toSet()))
            .as("the tags of %s: the build knows %s", file, known)
            .isSubsetOf(known);
      }
    }
  }

  private static List<String> property(String name) throws IOException {
    return property(name, Files.readString(Path.of("pom.xml")));
  }

  private static List<String> all() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    return property("test.late", pom.substring(pom.indexOf("<id>all</id>")));
  }

  private static List<String> property(String name, String pom) {
    Matcher value = Pattern.compile("<" + name + ">([a-z0-9,]+)</" + name + ">").matcher(pom);
    assertThat(value.find()).as(name).isTrue();
    return Arrays.asList(value.group(1).split(","));
  }
}
