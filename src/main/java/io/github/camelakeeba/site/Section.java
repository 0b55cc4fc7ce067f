package io.github.camelakeeba.site;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One mapping of the file as it counts: its own keys, then those of {@code defaults}, then the
 * schema's. A wrong value is reported where it stands and read as null, since the whole load fails.
 */
final class Section {
  private final SitesSchema schema;
  private final JsonNode definition;
  private final Problems problems;
  private final String pointer;
  private final JsonNode own;
  private final Section fallback;

  /** The fallback may be null. */
  Section(
      SitesSchema schema,
      JsonNode definition,
      Problems problems,
      String pointer,
      JsonNode own,
      Section fallback) {
    this.schema = schema;
    this.definition = schema.resolved(definition);
    this.problems = problems;
    this.pointer = pointer;
    this.own = own.isObject() ? own : JsonNodeFactory.instance.objectNode();
    this.fallback = fallback;
  }

  /** The mapping that is this key's value. */
  Section child(String key) {
    return new Section(
        schema,
        definition.at("/properties/" + key),
        problems,
        Places.below(pointer, key),
        own.path(key),
        fallback == null ? null : fallback.child(key));
  }

  /** The nearest of this and its fallbacks that has one of the keys itself, or null. */
  Section holder(String... keys) {
    for (String key : keys) {
      if (own.has(key)) {
        return this;
      }
    }
    return fallback == null ? null : fallback.holder(keys);
  }

  boolean has(String key) {
    return holder(key) != null;
  }

  /** The keys that the file has here, those of the fallback first. */
  Set<String> keys() {
    Set<String> keys = new LinkedHashSet<>(fallback == null ? Set.of() : fallback.keys());
    keys.addAll(own.propertyNames());
    return keys;
  }

  /** What the key says, or the schema's default, or null. */
  <T> T read(String key, Function<JsonNode, T> reader) {
    JsonNode value = value(key);
    String at = pointer(key);
    if (value.isMissingNode() || value.isNull() || problems.at(at)) {
      return null;
    }
    try {
      return reader.apply(value);
    } catch (IllegalArgumentException e) {
      problems.value(at, value, FileEncoding.reason(e));
      return null;
    }
  }

  String text(String key) {
    return read(key, JsonNode::asString);
  }

  /** As {@link #text}, but a blank one counts as not written. */
  String words(String key) {
    String text = text(key);
    if (text == null || !text.isBlank()) {
      return text;
    }
    return fallback == null ? preset(key).asString() : fallback.words(key);
  }

  /** The text as something else; the parser's {@link IllegalArgumentException} is the problem. */
  <T> T parsed(String key, Function<String, T> parser) {
    return read(key, value -> parser.apply(value.asString()));
  }

  int number(String key) {
    Integer number = read(key, value -> value.canConvertToInt() ? value.asInt() : null);
    return number == null ? 0 : number;
  }

  boolean flag(String key) {
    return Boolean.TRUE.equals(read(key, value -> value.asBoolean(false)));
  }

  /** One text or a list of texts, each through the parser; what is wrong is left out. */
  <T> List<T> list(String key, Function<String, T> parser) {
    JsonNode value = value(key);
    if (!value.isArray()) {
      T one = parsed(key, parser);
      return one == null ? List.of() : List.of(one);
    }
    List<T> items = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      String at = Places.below(pointer(key), String.valueOf(i));
      try {
        if (!problems.at(at)) {
          items.add(parser.apply(value.get(i).asString("")));
        }
      } catch (IllegalArgumentException e) {
        problems.value(at, value.get(i), FileEncoding.reason(e));
      }
    }
    return List.copyOf(items);
  }

  /** Something is wrong with the key, or, where it does not stand in the file, with its mapping. */
  void problem(String key, String sentence) {
    if (has(key)) {
      problems.value(pointer(key), sentence);
    } else {
      problems.mapping(pointer, sentence);
    }
  }

  private JsonNode value(String key) {
    Section holder = holder(key);
    return holder == null ? preset(key) : holder.own.path(key);
  }

  /** The schema's default. */
  private JsonNode preset(String key) {
    return definition.at("/properties/" + key + "/default");
  }

  private String pointer(String key) {
    Section holder = holder(key);
    return Places.below(holder == null ? pointer : holder.pointer, key);
  }
}
