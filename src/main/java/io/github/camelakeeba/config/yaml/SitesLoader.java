package io.github.camelakeeba.config.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** {@code config/sites.yaml}: reads, resolves and checks it. */
public final class SitesLoader {
  private final Function<Path, String> templateError;

  public SitesLoader() {
    this(template -> null);
  }

  /** The function says what is wrong with a webhook's template, beginning with "is", or null. */
  public SitesLoader(Function<Path, String> templateError) {
    this.templateError = templateError;
  }

  /**
   * Relative names of other files start at the home directory, the parent of the file's own.
   *
   * @param properties resolves functions as {@code CamelContext.resolvePropertyPlaceholders} does
   * @throws ConfigurationException with every problem in the file, a line each
   */
  public Configuration load(Path file, UnaryOperator<String> properties) {
    Path directory = file.toAbsolutePath().getParent();
    return load(
        file, directory.getParent() == null ? directory : directory.getParent(), properties);
  }

  public Configuration load(Path file, Path home, UnaryOperator<String> properties) {
    Path absolute = file.toAbsolutePath();
    // the last two names: the rest of the path is the machine's business
    int names = absolute.getNameCount();
    String label = absolute.subpath(Math.max(0, names - 2), names).toString().replace('\\', '/');
    return load(text(file, label), label, home, properties);
  }

  /** The same of a text; problems begin with the label. */
  public Configuration load(
      String text, String label, Path home, UnaryOperator<String> properties) {
    ConfigurationProblems problems = new ConfigurationProblems(new SourceLocations(label));
    SitesSchema schema = new SitesSchema();
    JsonNode root = new YamlReader(problems).read(text);
    JsonNode resolved = new PlaceholderResolver(properties, schema, problems).resolve(root, "");
    new SchemaValidator(schema, problems).check(resolved);
    Configuration configuration =
        new ConfigurationReader(resolved, schema, problems, home, templateError).read();
    problems.throwIfAny();
    return configuration.with(List.of(), home);
  }

  /** What is allowed but probably not meant, a sentence each; none holds a secret. */
  public List<String> warnings(Configuration configuration) {
    return new ConfigurationWarnings(configuration).list();
  }

  private static String text(Path file, String label) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      String sentence =
          Files.exists(file)
              ? "cannot be read: " + SecretReader.reason(e)
              : "no such file; --home names the directory that holds config/sites.yaml";
      throw new ConfigurationException(label + ": " + sentence);
    }
  }
}
