package io.github.camelakeeba.config.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.camelakeeba.config.CronExpressions;
import io.github.camelakeeba.config.FileEncoding;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A mapping of the file: its own keys, then those of {@code defaults}, then the schema's. A wrong
 * value is reported where it is written and read as null, since the whole load fails.
 */
final class ConfigSection {
  private final SitesSchema schema;
  private final JsonNode definition;
  private final ConfigurationProblems problems;
  private final String pointer;
  private final JsonNode own;
  private final ConfigSection fallback;

  ConfigSection(
      SitesSchema schema,
      JsonNode definition,
      ConfigurationProblems problems,
      String pointer,
      JsonNode own,
      ConfigSection fallback) {
    this.schema = schema;
    this.definition = schema.resolved(definition);
    this.problems = problems;
    this.pointer = pointer;
    this.own = own.isObject() ? own : JsonNodeFactory.instance.objectNode();
    this.fallback = fallback;
  }

  ConfigSection child(String key) {
    return new ConfigSection(
        schema,
        definition.at("/properties/" + key),
        problems,
        SourceLocations.child(pointer, key),
        own.path(key),
        fallback == null ? null : fallback.child(key));
  }

  /** The nearest of this and its fallbacks that has one of the keys itself, or null. */
  ConfigSection definingSection(String... keys) {
    for (String key : keys) {
      if (own.has(key)) {
        return this;
      }
    }
    return fallback == null ? null : fallback.definingSection(keys);
  }

  boolean has(String key) {
    return definingSection(key) != null;
  }

  boolean hasKeyOrFile(String key) {
    return definingSection(key, key + "File") != null;
  }

  String keyOrFile(String key) {
    return has(key) ? key : key + "File";
  }

  /** The keys of a mapping in the order of the file; of another value none. */
  static Set<String> names(JsonNode mapping) {
    Set<String> names = new LinkedHashSet<>();
    mapping.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The keys that the file has here, those of the fallback first. */
  Set<String> keys() {
    Set<String> keys = new LinkedHashSet<>(fallback == null ? Set.of() : fallback.keys());
    keys.addAll(names(own));
    return keys;
  }

  <T> T read(String key, Function<JsonNode, T> reader) {
    ConfigSection holder = definingSection(key);
    return holder == null
        ? read(key, schemaDefault(key), reader)
        : holder.read(key, holder.own.path(key), reader);
  }

  private <T> T read(String key, JsonNode value, Function<JsonNode, T> reader) {
    return value.isMissingNode() || value.isNull()
        ? null
        : readAt(SourceLocations.child(pointer, key), value, reader);
  }

  private <T> T readAt(String at, JsonNode value, Function<JsonNode, T> reader) {
    if (problems.hasProblemAt(at)) {
      return null;
    }
    try {
      return reader.apply(value);
    } catch (IllegalArgumentException e) {
      problems.reportValue(at, value, FileEncoding.reason(e));
      return null;
    }
  }

  String text(String key) {
    return read(key, JsonNode::asText);
  }

  /** As {@link #text}; a blank text counts as not written. */
  String nonBlankText(String key) {
    String text = text(key);
    if (text == null || !text.isBlank()) {
      return text;
    }
    return fallback == null ? schemaDefault(key).asText() : fallback.nonBlankText(key);
  }

  /** The parsed text; the parser's {@link IllegalArgumentException} is reported. */
  <T> T parsed(String key, Function<String, T> parser) {
    return read(key, value -> parser.apply(value.asText()));
  }

  /**
   * For Quartz. What is wrong with it repeats words of it: not those of a property function, which
   * may be a secret.
   *
   * @param hour of the day for words that name no time; null: these are a problem
   */
  String schedule(String key, Integer hour) {
    return parsed(
        key,
        text -> {
          try {
            return CronExpressions.validated(text, hour);
          } catch (IllegalArgumentException e) {
            throw isResolved(key)
                ? new IllegalArgumentException("is not a schedule; " + CronExpressions.ALLOWED)
                : e;
          }
        });
  }

  private boolean isResolved(String key) {
    ConfigSection holder = definingSection(key);
    return holder != null
        && holder.problems.locations().isResolved(SourceLocations.child(holder.pointer, key));
  }

  <E extends Enum<E>> E word(String key, Class<E> words) {
    return parsed(key, word -> Enum.valueOf(words, word.toUpperCase(Locale.ROOT)));
  }

  int number(String key) {
    Integer number = read(key, value -> value.canConvertToInt() ? value.asInt() : null);
    return number == null ? 0 : number;
  }

  boolean flag(String key) {
    return Boolean.TRUE.equals(read(key, value -> value.asBoolean(false)));
  }

  /** A text or a list of texts, each parsed; wrong ones are reported and left out. */
  <T> List<T> list(String key, Function<String, T> parser) {
    ConfigSection holder = definingSection(key);
    JsonNode value = holder == null ? schemaDefault(key) : holder.own.path(key);
    if (!value.isArray()) {
      T one = parsed(key, parser);
      return one == null ? List.of() : List.of(one);
    }
    ConfigSection section = holder == null ? this : holder;
    String at = SourceLocations.child(section.pointer, key);
    return IntStream.range(0, value.size())
        .mapToObj(
            i -> section.readAt(at + "/" + i, value.get(i), item -> parser.apply(item.asText())))
        .filter(Objects::nonNull)
        .toList();
  }

  /** Reports a problem of the key, or, where it is not in the file, of its mapping. */
  void problem(String key, String sentence) {
    ConfigSection holder = definingSection(key);
    if (holder != null) {
      holder.problems.reportValue(SourceLocations.child(holder.pointer, key), sentence);
    } else {
      problems.reportMapping(pointer, sentence);
    }
  }

  /** Where it is: {@code config/sites.yaml:3}. */
  String place() {
    return problems.locations().place(pointer);
  }

  private JsonNode schemaDefault(String key) {
    return definition.path("properties").path(key).path("default");
  }
}
