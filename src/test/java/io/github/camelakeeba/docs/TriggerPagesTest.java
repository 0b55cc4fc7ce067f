package io.github.camelakeeba.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.config.yaml.SitesLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever copies from a page about triggers gets a configuration that works. */
class TriggerPagesTest {
  private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");
  private static final String SITES =
      "sites: {shop: {url: 'https://shop.example.com/remote.php', secret: a-word-of-it}}\n";

  @TempDir Path home;

  static List<Path> pages() throws IOException {
    try (Stream<Path> pages = Files.list(Path.of("docs/how-to"))) {
      return pages
          .filter(page -> page.getFileName().toString().startsWith("start-from-"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_yaml_of_a_page_is_good_as_it_stands(Path page) throws Exception {
    Files.createDirectories(home.resolve("config"));
    List<Trigger> triggers = new ArrayList<>();
    for (var block : YAML.matcher(Files.readString(page)).results().toList()) {
      Path file = Files.writeString(home.resolve("config/sites.yaml"), SITES + block.group(1));
      Configuration configuration =
          new SitesLoader()
              .load(file, text -> text.replaceAll("\\{\\{env:\\w+}}", "word-of-it-0123456789"));
      triggers.addAll(configuration.triggers());
    }
    assertThat(triggers).isNotEmpty();
  }
}
