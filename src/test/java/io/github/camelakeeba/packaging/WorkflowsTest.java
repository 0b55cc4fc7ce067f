package io.github.camelakeeba.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What runs where nobody looks on names files and profiles that there are, and may little. */
class WorkflowsTest {
  private static final Path RELEASING = Path.of("RELEASING.md");
  private static final Pattern PROFILES = Pattern.compile("-P([a-z,]+)");
  private static final Pattern SCRIPT = Pattern.compile("(?<![\\w/])(\\.ci/[a-z]+)");
  private static final Pattern SECRET = Pattern.compile("secrets\\.([A-Z_]+)");

  static Stream<Path> workflows() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(".github", "workflows"))) {
      return files.sorted().toList().stream();
    }
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult one) -> one.group(1)).toList();
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void a_workflow_reads_only_by_default_and_each_job_ends(Path file) throws Exception {
    JsonNode workflow = new ObjectMapper(new YAMLFactory()).readTree(file.toFile());

    assertThat(workflow.fieldNames())
        .toIterable()
        .containsOnly("name", "on", "permissions", "concurrency", "jobs");
    assertThat(workflow.get("permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
    assertThat(workflow.get("jobs")).isNotEmpty();
    for (JsonNode job : workflow.get("jobs")) {
      assertThat(job.get("timeout-minutes").asInt()).isBetween(1, 60);
      assertThat(job.get("runs-on").asText()).isNotEmpty();
      for (JsonNode step : job.get("steps")) {
        assertThat(step.has("uses")).as(step.toString()).isNotEqualTo(step.has("run"));
        assertThat(step.path("uses").asText("a/b@v1")).matches("[\\w-]+/[\\w-]+@v\\d+");
        assertThat(step.fieldNames())
            .toIterable()
            .isSubsetOf("name", "uses", "run", "with", "env", "if");
        // what a caller of the workflow has named never becomes a command
        assertThat(step.path("run").asText()).doesNotContain("${{");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void a_workflow_names_scripts_and_profiles_that_there_are(Path file) throws Exception {
    assertNamed(Files.readString(file));
  }

  @Test
  void so_does_the_page_on_releases() throws Exception {
    String page = Files.readString(RELEASING);
    assertNamed(page);
    Set<String> secrets = new TreeSet<>();
    for (Path file : workflows().toList()) {
      secrets.addAll(found(SECRET, Files.readString(file)));
    }
    assertThat(secrets).isNotEmpty().allMatch(secret -> page.contains("`" + secret + "`"));
  }

  private static void assertNamed(String text) throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    for (String profiles : found(PROFILES, text)) {
      for (String profile : profiles.split(",")) {
        assertThat(pom).contains("<id>" + profile + "</id>");
      }
    }
    for (String script : found(SCRIPT, text)) {
      assertThat(Path.of(script)).isExecutable();
    }
  }
}
