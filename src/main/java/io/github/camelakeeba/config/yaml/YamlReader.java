package io.github.camelakeeba.config.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelakeeba.config.ConfigurationException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** YAML text as JSON values with their lines; what YAML allows but nobody means is rejected. */
final class YamlReader {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int MAX_CHARACTERS = 64 * 1024 * 1024;
  private static final int MAX_VALUES = 500_000;
  private static final int MAX_ALIASES = 10_000;
  private static final int MAX_DEPTH = 20;
  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setCodePointLimit(MAX_CHARACTERS)
          .setAllowNonScalarKeys(true)
          .setMaxAliasesForCollections(MAX_ALIASES)
          .build();

  private final SourceLocations locations;
  private final ConfigurationProblems problems;
  private final Deque<Node> open = new ArrayDeque<>();
  private int values;

  YamlReader(ConfigurationProblems problems) {
    this.locations = problems.locations();
    this.problems = problems;
  }

  /**
   * A missing node where there are only comments. Throws {@link ConfigurationException} with line
   * and column where the text is not YAML.
   */
  JsonNode read(String text) {
    try {
      Iterator<Node> documents = new Compose(SETTINGS).composeAllFromString(text).iterator();
      if (!documents.hasNext()) {
        return MissingNode.getInstance();
      }
      JsonNode root = json(documents.next(), "");
      if (documents.hasNext()) {
        throw rejected(
            line(documents.next()), "a second document begins here; only one is allowed");
      }
      return root;
    } catch (YamlEngineException e) {
      throw new ConfigurationException(YamlErrorMessage.sentence(locations, e, text));
    } catch (StackOverflowError e) {
      // the composer calls itself for each level and has no limit of its own
      throw rejected(1, "nested too deeply; at most " + MAX_DEPTH + " levels");
    }
  }

  private JsonNode json(Node node, String pointer) {
    // an alias repeats its anchor's whole tree: a few lines could grow without limit
    if (++values > MAX_VALUES || open.size() >= MAX_DEPTH || open.contains(node)) {
      throw new ConfigurationException(
          "%s: the value holds itself, is nested deeper than %s levels, or aliases make it grow too large"
              .formatted(locations.describe(pointer), MAX_DEPTH));
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
        throw rejected(
            line(keyNode),
            keyNode instanceof MappingNode
                ? "a value that begins with {{ must be in quotes, as in \"{{env:NAME}}\""
                : "a key must be a word, not a list or a mapping");
      }
      String key = scalar.getValue();
      String below = SourceLocations.child(pointer, key);
      if (json.has(key)) {
        problems.reportMapping(
            below, "the key stands here and again in line " + line(keyNode) + "; keep one");
        continue;
      }
      locations.recordKey(below, line(keyNode));
      json.set(key, json(tuple.getValueNode(), below));
    }
    return json;
  }

  private JsonNode list(SequenceNode list, String pointer) {
    ArrayNode json = JSON.arrayNode();
    List<Node> items = list.getValue();
    for (int i = 0; i < items.size(); i++) {
      String below = SourceLocations.child(pointer, String.valueOf(i));
      locations.recordItem(below, line(items.get(i)));
      json.add(json(items.get(i), below));
    }
    return json;
  }

  private JsonNode scalar(Node node, String pointer) {
    String text = ((ScalarNode) node).getValue();
    Tag tag = node.getTag();
    if (tag.equals(Tag.NULL)) {
      return JSON.nullNode();
    }
    if (tag.equals(Tag.BOOL)) {
      return JSON.booleanNode("true".equals(text));
    }
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      try {
        return text.matches("-?\\d+")
            ? JSON.numberNode(new BigInteger(text))
            : JSON.numberNode(new BigDecimal(text));
      } catch (NumberFormatException e) {
        return JSON.textNode(text); // .inf and .nan are numbers to YAML only
      }
    }
    if (!tag.equals(Tag.STR)) {
      problems.reportValue(pointer, "a value that begins with ! must be in quotes");
    }
    return JSON.textNode(text);
  }

  private static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  private ConfigurationException rejected(int line, String problem) {
    return new ConfigurationException(locations.describeLine(line) + ": " + problem);
  }
}
