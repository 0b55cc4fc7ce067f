package io.github.camelakeeba.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of packages in docs/architecture.md is the picture of their dependencies. */
class ArchitecturePageTest {
  private static final Path PAGE = Path.of("docs/architecture.md");
  private static final Path ROOT = Path.of("src/main/java/io/github/camelakeeba");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9.]+)` \\| [^|]+\\|$");
  private static final Pattern USE =
      Pattern.compile("io\\.github\\.camelakeeba\\.([a-z0-9.]+)\\.[A-Z]");

  @Test
  void the_page_lists_each_package_once() throws IOException {
    assertThat(listed())
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(sources().stream().map(this::packageOf).toList());
  }

  @Test
  void a_package_uses_only_packages_below_it_in_the_list() throws IOException {
    List<String> listed = listed();
    List<String> upwards = new ArrayList<>();
    for (Path folder : sources()) {
      String name = packageOf(folder);
      for (String used : used(folder)) {
        if (!used.equals(name) && listed.indexOf(used) <= listed.indexOf(name)) {
          upwards.add(name + " uses " + used);
        }
      }
    }
    assertThat(upwards).as("%s: move the row, or turn the dependency round", PAGE).isEmpty();
  }

  private static List<String> listed() throws IOException {
    return ROW.matcher(Files.readString(PAGE)).results().map(row -> row.group(1)).toList();
  }

  /** The folders of packages below the root one, which holds an annotation alone. */
  private static Set<Path> sources() throws IOException {
    Set<Path> folders = new TreeSet<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      files
          .filter(file -> file.toString().endsWith(".java") && !file.getParent().equals(ROOT))
          .forEach(file -> folders.add(file.getParent()));
    }
    return folders;
  }

  private String packageOf(Path folder) {
    return ROOT.relativize(folder).toString().replace('/', '.').replace('\\', '.');
  }

  private static Set<String> used(Path folder) throws IOException {
    Set<String> used = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
        Matcher matcher = USE.matcher(Files.readString(file));
        while (matcher.find()) {
          used.add(matcher.group(1));
        }
      }
    }
    return used;
  }
}
