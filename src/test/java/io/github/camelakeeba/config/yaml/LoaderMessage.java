package io.github.camelakeeba.config.yaml;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelakeeba.config.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** What the loader says to a text that it must refuse. */
final class LoaderMessage {
  private LoaderMessage() {}

  static List<String> of(Path home, String yaml, Map<String, String> environment) throws Exception {
    Path file = write(home, yaml);
    ConfigurationException refused =
        catchThrowableOfType(
            ConfigurationException.class,
            () -> new SitesLoader().load(file, environment(environment)));
    return refused == null ? List.of() : refused.problems();
  }

  static Path write(Path home, String yaml) throws Exception {
    Files.createDirectories(home.resolve("config"));
    return Files.writeString(home.resolve("config/sites.yaml"), yaml);
  }

  /** As Camel does: its exception repeats the text. */
  static UnaryOperator<String> environment(Map<String, String> variables) {
    Pattern function = Pattern.compile("\\{\\{([^{}]*)}}");
    return text ->
        function
            .matcher(text)
            .replaceAll(
                found -> {
                  String value = variables.get(found.group(1).replaceFirst("^env:", ""));
                  if (value == null || !found.group(1).startsWith("env:")) {
                    throw new IllegalArgumentException("Property not found in " + text);
                  }
                  return java.util.regex.Matcher.quoteReplacement(value);
                });
  }
}
