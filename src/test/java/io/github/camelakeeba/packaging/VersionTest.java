package io.github.camelakeeba.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The version is that of pom.xml wherever it stands ({@code .ci/version} sets it): what is built
 * here has the whole of it, what users copy the release that it is or becomes.
 */
class VersionTest {
  private static final Pattern OWN =
      Pattern.compile("<artifactId>camel-akeeba-backup</artifactId>\\s*<version>([^<$]+)<");
  private static final Pattern IMAGE =
      Pattern.compile("camel-akeeba-backup/camel-akeeba-backup:([0-9][\\w.-]*)");

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }

  private static List<String> found(Pattern pattern, Path file) throws IOException {
    return pattern.matcher(read(file)).results().map(result -> result.group(1)).toList();
  }

  private static String version() throws IOException {
    Matcher matcher = OWN.matcher(read(Path.of("pom.xml")));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private static String release() throws IOException {
    return version().replace("-SNAPSHOT", "");
  }

  private static List<Path> files(String folder, String... endings) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      return files
          .filter(file -> List.of(endings).stream().anyMatch(file.toString()::endsWith))
          .filter(file -> !file.toString().contains("target"))
          .sorted()
          .toList();
    }
  }

  @Test
  void what_is_built_here_has_the_version_of_the_pom() throws Exception {
    assertThat(found(OWN, Path.of("src/it/library/pom.xml"))).containsExactly(version());
    assertThat(
            found(
                Pattern.compile("<camel-akeeba-backup.version>([^<]+)<"),
                Path.of("examples/spring-boot/pom.xml")))
        .containsExactly(version());
    for (Path kamelet : files("routes/kamelets", ".yaml")) {
      assertThat(found(Pattern.compile(":camel-akeeba-backup:([^\"]+)\""), kamelet))
          .as(kamelet.toString())
          .containsExactly(version());
      assertThat(found(Pattern.compile("catalog.version: \"([^\"]+)\""), kamelet))
          .as(kamelet.toString())
          .containsExactly(release());
    }
  }

  @Test
  void what_users_copy_names_the_release() throws Exception {
    List<Path> documents = new ArrayList<>(files("docs", ".md"));
    documents.addAll(files("examples", ".md", ".yaml"));
    documents.add(Path.of("README.md"));
    List<String> images = new ArrayList<>();
    for (Path document : documents) {
      assertThat(found(OWN, document)).as(document.toString()).allMatch(release()::equals);
      images.addAll(found(IMAGE, document));
    }
    assertThat(images).isNotEmpty().allMatch(release()::equals);
  }

  @Test
  void the_changelog_has_a_heading_for_a_release() throws Exception {
    assertThat(read(Path.of("CHANGELOG.md")))
        .containsPattern(
            version().equals(release())
                ? Pattern.compile("(?m)^## \\[" + Pattern.quote(version()) + "\\] - \\d{4}-")
                : Pattern.compile("(?m)^## \\[Unreleased\\]"));
  }
}
