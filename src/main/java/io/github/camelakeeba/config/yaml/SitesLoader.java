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
  private final Function<Path, String> templateFault;

  /** That takes the templates of webhooks as they are. */
  public SitesLoader() {
    this(template -> null);
  }

  /**
   * That also tries out the templates of webhooks.
   *
   * @param templateFault what is wrong with the template in a file, beginning with "is", or null
   */
  public SitesLoader(Function<Path, String> templateFault) {
    this.templateFault = templateFault;
  }

  /**
   * The configuration in the file, complete. Relative names of other files start at the home
   * directory, the parent of the directory that the file is in.
   *
   * @param properties resolves Camel's property functions in a text; throws {@link
   *     IllegalArgumentException} when one has no value, as {@code
   *     CamelContext.resolvePropertyPlaceholders} does
   * @throws ConfigurationException with every problem in the file, a line each
   */
  public Configuration load(Path file, UnaryOperator<String> properties) {
    Path directory = file.toAbsolutePath().getParent();
    Path home = directory.getParent() == null ? directory : directory.getParent();
    return load(file, home, properties);
  }

  /** The same with another home directory. */
  public Configuration load(Path file, Path home, UnaryOperator<String> properties) {
    Path absolute = file.toAbsolutePath();
    // a name to find it by that tells nothing of the machine
    String label =
        absolute
            .subpath(Math.max(0, absolute.getNameCount() - 2), absolute.getNameCount())
            .toString()
            .replace('\\', '/');
    return load(text(file, label), label, home, properties);
  }

  /** The same of a text; the label says in problems where it comes from. */
  public Configuration load(
      String text, String label, Path home, UnaryOperator<String> properties) {
    ConfigurationProblems problems = new ConfigurationProblems(new SourceLocations(label));
    SitesSchema schema = new SitesSchema();
    JsonNode root = new YamlReader(problems).read(text);
    JsonNode resolved = new PlaceholderResolver(properties, schema, problems).resolve(root, "");
    new SchemaValidator(schema, problems).check(resolved);
    Configuration configuration =
        new ConfigurationReader(schema, problems, home, templateFault).read(resolved);
    problems.throwIfAny();
    return configuration;
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
