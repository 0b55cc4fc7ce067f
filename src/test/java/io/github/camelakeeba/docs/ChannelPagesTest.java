package io.github.camelakeeba.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.yaml.SitesLoader;
import io.github.camelakeeba.notify.channel.WebhookTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever copies from a page about a channel gets a configuration that works. */
class ChannelPagesTest {
  private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");
  private static final Pattern TEMPLATE = Pattern.compile("(?s)```ftl\n(.*?)```");
  private static final String SITES =
      "sites: {shop: {url: 'https://shop.example.com/remote.php', secret: a-word-of-it}}\n";

  @TempDir Path home;

  static List<Path> pages() throws IOException {
    try (Stream<Path> pages = Files.list(Path.of("docs/how-to"))) {
      return pages
          .filter(
              page ->
                  page.getFileName()
                      .toString()
                      .matches("(notify|choose)-.*|watch-with-healthchecks.*"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_yaml_of_a_page_is_good_as_it_stands(Path page) throws Exception {
    String text = Files.readString(page);
    Path templates = Files.createDirectories(home.resolve("config/templates"));
    for (String template : found(TEMPLATE, text)) {
      Files.writeString(templates.resolve("erp.ftlj"), template);
    }
    List<String> blocks = found(YAML, text);
    assertThat(blocks).isNotEmpty();
    for (String yaml : blocks) {
      String whole = yaml.startsWith("sites:") ? yaml : SITES + yaml;
      Path file = Files.writeString(home.resolve("config/sites.yaml"), whole);
      SitesLoader sites = new SitesLoader(WebhookTemplate::templateError);
      Configuration configuration = sites.load(file, ChannelPagesTest::environment);
      assertThat(configuration.channels()).isNotEmpty();
      assertThat(sites.warnings(configuration)).allMatch(warning -> warning.contains("no rule"));
    }
  }

  private static String environment(String text) {
    return text.replaceAll("\\{\\{env:\\w+_(URL|HOOK|WEBHOOK)}}", "https://example.com/in")
        .replaceAll("\\{\\{env:\\w+}}", "word-of-it-0123456789");
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).toList();
  }
}
