package io.github.camelakeeba.config.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.source.Sources;
import io.github.camelakeeba.config.yaml.SitesFiles.SitesFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * {@code config/sites.yaml} and the files of {@code config/sites.d}: reads, resolves and checks
 * them.
 */
public final class SitesLoader {
  private final Function<Path, String> templateError;
  private final Sources sources;

  public SitesLoader() {
    this(template -> null, Sources.tried(null));
  }

  /** The function says what is wrong with a webhook's template, beginning with "is", or null. */
  public SitesLoader(Function<Path, String> templateError) {
    this(templateError, Sources.tried(null));
  }

  public SitesLoader(Function<Path, String> templateError, Sources sources) {
    this.templateError = templateError;
    this.sources = sources;
  }

  /**
   * Relative names of other files start at the home directory, the parent of the file's own.
   *
   * @param properties resolves functions as {@code CamelContext.resolvePropertyPlaceholders} does
   * @throws ConfigurationException with every problem in the files, a line each
   */
  public Configuration load(Path file, UnaryOperator<String> properties) {
    Path directory = file.toAbsolutePath().getParent();
    return load(
        file, directory.getParent() == null ? directory : directory.getParent(), properties);
  }

  /** The same with a home elsewhere; the files of {@code sites.d} beside the file count. */
  public Configuration load(Path file, Path home, UnaryOperator<String> properties) {
    Path folder = file.toAbsolutePath().getParent();
    return load(SitesFiles.read(file), folder == null ? home : folder, home, properties);
  }

  /**
   * As if {@code changed} held this text: the file itself, or one of {@code sites.d} beside it,
   * which may not be there yet.
   */
  public Configuration load(
      Path file, Path changed, String text, Path home, UnaryOperator<String> properties) {
    Path folder = file.toAbsolutePath().getParent();
    List<SitesFile> files = SitesFiles.read(file, changed, text);
    return load(files, folder == null ? home : folder, home, properties);
  }

  /** The same of one text; problems begin with the label. */
  public Configuration load(
      String text, String label, Path home, UnaryOperator<String> properties) {
    SitesFile file = new SitesFile(label, SitesFiles.withoutMark(text), null, true);
    return load(List.of(file), home.resolve("config"), home, properties);
  }

  private Configuration load(
      List<SitesFile> files, Path folder, Path home, UnaryOperator<String> properties) {
    SitesSchema schema = new SitesSchema();
    SourcesReader lists = new SourcesReader(sources, schema, properties, folder, home);
    List<ConfigurationProblems> problems = new ArrayList<>();
    List<SitesDocument> documents = new ArrayList<>();
    boolean alone = files.size() == 1;
    boolean whole = true;
    for (SitesFile file : files) {
      ConfigurationProblems found = new ConfigurationProblems(new SourceLocations(file.label()));
      problems.add(found);
      JsonNode root = root(file, found, alone);
      if (root == null) {
        whole = false;
      } else {
        JsonNode resolved = new PlaceholderResolver(properties, schema, found).resolve(root, "");
        lists.takeTemplates(resolved);
        new SchemaValidator(schema, found).check(resolved);
        if (resolved.isObject()) {
          documents.add(document(resolved, found, schema, file.main(), documents));
        } else {
          whole = false;
        }
      }
    }
    if (whole
        && documents.stream()
            .noneMatch(one -> one.root().has("sites") || one.root().has("sources"))) {
      problems.get(0).reportMapping("", "'sites' is missing");
    }
    Configuration configuration = null;
    // without its defaults, much would be wrong that is not
    if (documents.stream().anyMatch(SitesDocument::main)) {
      lists.read(documents);
      documents.addAll(lists.documents());
      problems.addAll(lists.problems());
      whole &= lists.whole();
      configuration = new ConfigurationReader(documents, whole, schema, home, templateError).read();
    }
    List<String> sentences = problems.stream().flatMap(one -> one.sentences().stream()).toList();
    if (!sentences.isEmpty()) {
      throw new ConfigurationException(sentences);
    }
    lists.keep();
    return configuration.with(lists.states(), home);
  }

  /** Null: it can't be read, which is reported. */
  private static JsonNode root(SitesFile file, ConfigurationProblems problems, boolean alone) {
    if (file.problem() != null) {
      problems.reportUnreadable(file.problem());
      return null;
    }
    try {
      JsonNode read =
          file.text() == null
              ? JsonNodeFactory.instance.objectNode()
              : new YamlReader(problems).read(file.text());
      if (!read.isMissingNode()) {
        return read;
      }
      if (alone) {
        problems.reportMapping("", "the file is empty; it must have at least the key 'sites'");
      } else if (file.text().isBlank()) {
        // was it cut off? its sites would vanish in silence
        problems.reportMapping("", "the file is empty; write a key or a comment, or remove it");
      } else {
        return JsonNodeFactory.instance.objectNode();
      }
    } catch (ConfigurationException e) {
      problems.reportUnreadable(e.problems());
    }
    return null;
  }

  private static SitesDocument document(
      JsonNode root,
      ConfigurationProblems problems,
      SitesSchema schema,
      boolean main,
      List<SitesDocument> before) {
    ConfigSection fallback =
        before.stream()
            .filter(SitesDocument::main)
            .findFirst()
            .map(SitesDocument::defaults)
            .orElse(null);
    ConfigSection defaults =
        new ConfigSection(
            schema,
            schema.definition("site"),
            problems,
            "/defaults",
            root.path("defaults"),
            fallback);
    return new SitesDocument(root, problems, defaults, main);
  }

  /** What is allowed but probably not meant, a sentence each; none holds a secret. */
  public List<String> warnings(Configuration configuration) {
    return new ConfigurationWarnings(configuration).list();
  }
}
