package io.github.camelakeeba.config.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.DidYouMean;
import io.github.camelakeeba.config.source.SourceContent;
import io.github.camelakeeba.config.source.SourceContent.Format;
import io.github.camelakeeba.config.source.SourceRequest;
import io.github.camelakeeba.config.source.SourceRequest.Kind;
import io.github.camelakeeba.config.source.SourceUnavailableException;
import io.github.camelakeeba.config.source.Sources;
import io.github.camelakeeba.secret.UntrustedText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The entries of {@code sources}: a document each, of the sites that its list names. */
final class SourcesReader {
  private static final Logger LOG = LoggerFactory.getLogger(SourcesReader.class);
  private static final int MOST_PROBLEMS = 20; // of one list

  private final Sources sources;
  private final SitesSchema schema;
  private final UnaryOperator<String> properties;
  private final SourceReader reader;
  private final Map<JsonNode, RowTemplate> templates = new IdentityHashMap<>();
  private final List<SitesDocument> documents = new ArrayList<>();
  private final List<Configuration.Source> states = new ArrayList<>();
  private final Map<SourceRequest, Sources.Good> good = new LinkedHashMap<>();
  private boolean whole = true;

  /** An entry, with the document where it stands. */
  private record Entry(
      SitesDocument owner, String pointer, ConfigSection section, SourceRequest request) {
    Kind kind() {
      return request.kind();
    }

    String place() {
      return owner.problems().locations().describe(pointer);
    }
  }

  /** A list that can be used. */
  private record Listed(SourceRows rows, SourceContent content, Format format) {}

  /** Relative names of lists start at the folder, those of secrets at the home directory. */
  SourcesReader(
      Sources sources,
      SitesSchema schema,
      UnaryOperator<String> properties,
      Path folder,
      Path home) {
    this.sources = sources;
    this.schema = schema;
    this.properties = properties;
    this.reader = new SourceReader(folder, new SecretReader(home));
  }

  /** Before the schema is asked: what names columns is no value yet, and is taken out. */
  void takeTemplates(JsonNode root) {
    if (root.path("sources").isArray()) {
      for (JsonNode source : root.path("sources")) {
        JsonNode template = source.path("template");
        templates.put(template, RowTemplate.takenFrom(template));
      }
    }
  }

  /** What the lists of these documents give; reports what is wrong to the documents. */
  void read(List<SitesDocument> owners) {
    List<Entry> entries = new ArrayList<>();
    for (SitesDocument owner : owners) {
      JsonNode list = owner.root().path("sources");
      for (int i = 0; i < (list.isArray() ? list.size() : 0); i++) {
        ConfigSection section = owner.section(schema, "source", null, "sources", String.valueOf(i));
        SourceRequest request = reader.read(section);
        if (request == null) {
          whole = false;
        } else {
          entries.add(new Entry(owner, "/sources/" + i, section, request));
        }
      }
    }
    List<Sources.Answer> answers = sources.read(entries.stream().map(Entry::request).toList());
    for (int i = 0; i < entries.size(); i++) {
      read(entries.get(i), answers.get(i));
    }
  }

  List<SitesDocument> documents() {
    return documents;
  }

  List<ConfigurationProblems> problems() {
    return documents.stream().map(SitesDocument::problems).toList();
  }

  List<Configuration.Source> states() {
    return states;
  }

  /** Whether each list is known. */
  boolean whole() {
    return whole;
  }

  /** The whole configuration is good. */
  void keep() {
    sources.keep(good);
    if (sources.lasting()) {
      states.stream()
          .map(Configuration.Source::warning)
          .filter(Objects::nonNull)
          .forEach(LOG::warn);
    }
  }

  private void read(Entry entry, Sources.Answer answer) {
    String reason = answer.reason();
    good.putIfAbsent(entry.request(), null);
    if (answer.read() != null) {
      try {
        Listed listed = listed(entry, answer.read(), SourceReader.format(entry.section()));
        List<String> gone = gone(entry, listed, answer.copy().orElse(null));
        good.put(entry.request(), new Sources.Good(listed.content(), listed.format()));
        add(entry, listed, gone, null, null);
        return;
      } catch (SourceUnavailableException e) {
        reason = e.getMessage();
        if (entry.kind() == Kind.FILE) {
          // who edits it wants to know
          refuse(entry, label(entry) + ": " + reason);
          return;
        }
      }
    }
    SourceContent copy = answer.copy().orElse(null);
    try {
      if (copy != null) {
        add(entry, listed(entry, copy, null), List.of(), copy.readAt(), reason);
        return;
      }
    } catch (SourceUnavailableException e) {
      reason = reason == null ? e.getMessage() : reason;
    }
    refuse(
        entry,
        reason
            + "; there is no good list of an earlier time either: at the first start it must be there");
  }

  private void refuse(Entry entry, String sentence) {
    whole = false;
    entry.section().problem(entry.section().keyOrFile("from"), sentence);
  }

  private Listed listed(Entry entry, SourceContent content, Format declared)
      throws SourceUnavailableException {
    if (content.isPage()) {
      throw new SourceUnavailableException("it answered with a page, not with a list");
    }
    Format format = declared != null ? declared : content.format().orElse(null);
    if (format == null) {
      throw new SourceUnavailableException(
          "neither its type nor its name says what it is; write 'format: csv', json or yaml");
    }
    SourceRows rows = SourceRows.of(content.bytes(), format);
    Set<String> missing = new LinkedHashSet<>(named(entry));
    missing.removeAll(rows.columns());
    if (missing.stream().anyMatch(template(entry).secretColumns()::contains)) {
      throw new SourceUnavailableException(
          "'template' has a secret or token with braces that name no column; one that holds braces goes into a file: 'secretFile', 'tokenFile'");
    }
    if (!missing.isEmpty()) {
      throw new SourceUnavailableException(
          "'name' or 'template' names the column '%s', which it does not have; it has: %s"
              .formatted(missing.iterator().next(), String.join(", ", shown(rows.columns()))));
    }
    return new Listed(rows, content, format);
  }

  private Set<String> named(Entry entry) {
    Set<String> named = new LinkedHashSet<>(RowTemplate.columns(name(entry)));
    named.addAll(template(entry).columns());
    return named;
  }

  private static String name(Entry entry) {
    String name = entry.section().text("name");
    return name == null ? "" : name;
  }

  private RowTemplate template(Entry entry) {
    return templates.get(entry.owner().root().at(entry.pointer() + "/template"));
  }

  /**
   * The sites of the last good list that are not in this one; throws where they are too many: half
   * a list looks like a list, and nobody would miss the backups of the others.
   */
  private List<String> gone(Entry entry, Listed listed, SourceContent copy)
      throws SourceUnavailableException {
    Set<String> before = namesBefore(entry, copy);
    Set<String> gone = new LinkedHashSet<>(before);
    gone.removeAll(listed.rows().names(name(entry)));
    int kept = before.size() - gone.size();
    int percent = entry.section().parsed("shrunk", SiteReader::percent);
    if (kept * 100L < (long) before.size() * percent) {
      throw new SourceUnavailableException(
          "it has only %s of the %s sites of the last good list, and is not believed; if those are to go, write 'shrunk: 0%%' until it is taken"
              .formatted(kept, before.size()));
    }
    return List.copyOf(gone);
  }

  /** None where there is no such list, or it was made for other columns. */
  private Set<String> namesBefore(Entry entry, SourceContent copy) {
    try {
      return copy == null ? Set.of() : listed(entry, copy, null).rows().names(name(entry));
    } catch (SourceUnavailableException e) {
      return Set.of();
    }
  }

  private void add(Entry entry, Listed listed, List<String> gone, Instant keptAt, String reason) {
    boolean file = entry.kind() == Kind.FILE;
    ConfigurationProblems problems =
        new ConfigurationProblems(SourceLocations.ofRows(label(entry)), MOST_PROBLEMS);
    JsonNode root =
        new RowSites(schema, template(entry), name(entry), !file, problems).read(listed.rows());
    if (file) {
      root = new PlaceholderResolver(properties, schema, problems).resolve(root, "");
    }
    new SchemaValidator(schema, problems).check(root);
    ConfigSection defaults =
        new ConfigSection(
            schema,
            schema.definition("site"),
            entry.owner().problems(),
            entry.pointer() + "/template",
            entry.owner().root().at(entry.pointer() + "/template"),
            entry.owner().defaults());
    documents.add(new SitesDocument(root, problems, defaults, false));
    states.add(
        new Configuration.Source(
            entry.place(),
            listed.rows().rows().size(),
            unused(entry, listed.rows(), problems),
            gone,
            keptAt,
            reason));
  }

  /** What begins each problem of a row: the file's name, or where the entry stands. */
  private static String label(Entry entry) {
    try {
      return entry.kind() == Kind.FILE
          ? SitesFiles.label(entry.request().file().toAbsolutePath(), 2)
          : entry.place();
    } catch (InvalidPathException e) {
      return entry.place();
    }
  }

  /** Columns that nothing uses; one that looks like a key of a site is a problem. */
  private List<String> unused(Entry entry, SourceRows rows, ConfigurationProblems problems) {
    Set<String> used = new HashSet<>(named(entry));
    used.addAll(entry.section().list("ignore", word -> word));
    Pattern.compile("\\{([^{}]+)}")
        .matcher(name(entry))
        .results()
        .forEach(column -> used.add(column.group(1)));
    Set<String> keys = ConfigSection.names(schema.definition("site").path("properties"));
    List<String> unused = new ArrayList<>();
    for (String column : rows.columns()) {
      if (used.contains(column) || RowSites.key(column, schema) != null) {
        continue;
      }
      unused.add(column);
      DidYouMean.nearest(column, keys)
          .ifPresent(
              near ->
                  problems.reportMapping(
                      "",
                      "the column '%s' is no key of a site; did you mean '%s'? If not, name it under 'ignore'"
                          .formatted(column, near)));
    }
    return shown(unused);
  }

  /** Whoever writes the list has chosen them. */
  private static List<String> shown(Collection<String> columns) {
    return columns.stream().map(UntrustedText::asName).toList();
  }
}
