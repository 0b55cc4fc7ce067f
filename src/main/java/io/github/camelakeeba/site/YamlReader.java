package io.github.camelakeeba.site;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * YAML text as JSON values, each with its line; what YAML allows and a person never means fails.
 */
final class YamlReader {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int MOST_CHARACTERS = 64 * 1024 * 1024;
  private static final int MOST_VALUES = 500_000;
  private static final int MOST_ALIASES = 10_000;
  private static final int DEEPEST = 20;

  private final Places places;
  private final Problems problems;
  private final Deque<Node> open = new ArrayDeque<>();
  private int values;

  YamlReader(Problems problems) {
    this.places = problems.places();
    this.problems = problems;
  }

  /** Throws {@link ConfigurationException} with line and column where the text is not YAML. */
  JsonNode read(String text) {
    try {
      Iterator<Node> documents = new Compose(settings()).composeAllFromString(text).iterator();
      if (!documents.hasNext()) {
        throw refused(places.at(1) + ": the file is empty; it must have at least the key 'sites'");
      }
      JsonNode root = json(documents.next(), "");
      if (documents.hasNext()) {
        int line = documents.next().getStartMark().map(Mark::getLine).orElse(0) + 1;
        throw refused(places.at(line) + ": a second document begins here; only one is allowed");
      }
      return root;
    } catch (MarkedYamlEngineException e) {
      throw refused(YamlFault.sentence(places, e));
    } catch (YamlEngineException e) {
      throw refused(YamlFault.sentence(places, e, text));
    } catch (StackOverflowError e) {
      // the composer calls itself for each level and has no limit of its own
      throw refused(places.at(1) + ": nested too deeply; at most " + DEEPEST + " levels");
    }
  }

  private static LoadSettings settings() {
    return LoadSettings.builder()
        .setCodePointLimit(MOST_CHARACTERS)
        .setAllowNonScalarKeys(true)
        .setMaxAliasesForCollections(MOST_ALIASES)
        .build();
  }

  private JsonNode json(Node node, String pointer) {
    // an alias repeats its anchor's whole tree: a few lines could grow without end
    if (++values > MOST_VALUES || open.size() >= DEEPEST || open.contains(node)) {
      throw refused(
          places.describe(pointer)
              + ": the value holds itself, is nested deeper than "
              + DEEPEST
              + " levels, or aliases make it grow too large");
    }
    open.push(node);
    try {
      if (node instanceof MappingNode mapping) {
        return mapping(mapping, pointer);
      }
      return node instanceof SequenceNode list ? list(list, pointer) : scalar(node, pointer);
    } finally {
      open.pop();
    }
  }

  private JsonNode mapping(MappingNode mapping, String pointer) {
    ObjectNode json = JSON.objectNode();
    for (NodeTuple tuple : mapping.getValue()) {
      Node keyNode = tuple.getKeyNode();
      if (!(keyNode instanceof ScalarNode scalar)) {
        throw refused(
            places.at(line(keyNode))
                + (keyNode instanceof MappingNode
                    ? ": a value that begins with {{ must be in quotes, as in \"{{env:NAME}}\""
                    : ": a key must be a word, not a list or a mapping"));
      }
      String key = scalar.getValue();
      String below = Places.below(pointer, key);
      if (json.has(key)) {
        problems.mapping(
            below, "the key stands here and again in line " + line(keyNode) + "; keep one");
        continue;
      }
      places.key(below, line(keyNode));
      json.set(key, json(tuple.getValueNode(), below));
    }
    return json;
  }

  private JsonNode list(SequenceNode list, String pointer) {
    ArrayNode json = JSON.arrayNode();
    List<Node> items = list.getValue();
    for (int i = 0; i < items.size(); i++) {
      String below = Places.below(pointer, String.valueOf(i));
      places.item(below, line(items.get(i)));
      json.add(json(items.get(i), below));
    }
    return json;
  }

  private JsonNode scalar(Node node, String pointer) {
    String text = ((ScalarNode) node).getValue();
    Map<Tag, JsonNode> plain =
        Map.of(Tag.NULL, JSON.nullNode(), Tag.BOOL, JSON.booleanNode("true".equals(text)));
    Tag tag = node.getTag();
    if (plain.containsKey(tag)) {
      return plain.get(tag);
    }
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return number(text);
    }
    if (!tag.equals(Tag.STR)) {
      problems.value(pointer, "a value that begins with ! must be in quotes");
    }
    return JSON.stringNode(text);
  }

  private static JsonNode number(String text) {
    try {
      return text.matches("-?\\d+")
          ? JSON.numberNode(new java.math.BigInteger(text))
          : JSON.numberNode(new java.math.BigDecimal(text));
    } catch (NumberFormatException e) {
      return JSON.stringNode(text); // .inf and .nan are numbers to YAML only
    }
  }

  private static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  private static ConfigurationException refused(String problem) {
    return new ConfigurationException(List.of(problem));
  }
}
