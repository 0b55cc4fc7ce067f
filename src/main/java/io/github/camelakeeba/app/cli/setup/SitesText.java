package io.github.camelakeeba.app.cli.setup;

import io.github.camelakeeba.config.ConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.NodeType;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The text of a sites.yaml, to which entries are added as lines: every other line stays as it was,
 * with its comments. What the new text means is compared with what was to be added; where it is
 * anything else the text is not changed.
 */
final class SitesText {
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setCodePointLimit(64 * 1024 * 1024).build();
  private static final int INDENT = 2;

  private final String text;
  private final int firstLine;

  private SitesText(String text, int firstLine) {
    this.text = text;
    this.firstLine = firstLine;
  }

  static SitesText of(String text) {
    return new SitesText(text, 1);
  }

  String text() {
    return text;
  }

  boolean isYaml() {
    try {
      return load(text) == null || load(text) instanceof Map;
    } catch (YamlEngineException e) {
      return false;
    }
  }

  /** The number of the line where the entries begin that were added last. */
  int firstLine() {
    return firstLine;
  }

  /** The names in the mapping of this key; none where the text is no YAML. */
  Set<String> names(String key) {
    try {
      return value(key)
          .filter(MappingNode.class::isInstance)
          .map(node -> ((MappingNode) node).getValue())
          .orElse(List.of())
          .stream()
          .map(tuple -> scalar(tuple.getKeyNode()))
          .collect(Collectors.toCollection(LinkedHashSet::new));
    } catch (YamlEngineException e) {
      return Set.of();
    }
  }

  /** Throws {@link ConfigurationException} where that can't be done without another change. */
  SitesText withEntries(String key, List<YamlEntry> entries) {
    List<String> flow = entries.stream().map(YamlEntry::flow).toList();
    return edited(
        key,
        (indent, step) ->
            entries.stream().flatMap(entry -> entry.block(indent, step).stream()).toList(),
        String.join(", ", flow),
        "{" + String.join(", ", flow) + "}");
  }

  /** The same for one more item of a list. */
  SitesText withItem(String key, String flow) {
    return edited(
        key, (indent, step) -> List.of(" ".repeat(indent) + "- " + flow), flow, "[" + flow + "]");
  }

  private interface Block {
    List<String> lines(int indent, int step);
  }

  private SitesText edited(String key, Block block, String flow, String added) {
    try {
      Object expected = merged(load(text), key, load(added));
      for (SitesText candidate : candidates(key, block, flow)) {
        if (Objects.equals(candidate.loaded(), expected)) {
          return candidate;
        }
      }
    } catch (YamlEngineException | ClassCastException e) {
      // told below; the parser's own text may hold a secret
    }
    throw new ConfigurationException(
        "config/sites.yaml: nothing can be added to '%s' without changing something else; write it yourself:%n%s"
            .formatted(key, String.join(System.lineSeparator(), block.lines(INDENT, INDENT))));
  }

  /** Null where it is no YAML. */
  private Object loaded() {
    try {
      return load(text);
    } catch (YamlEngineException e) {
      return null;
    }
  }

  private static Object load(String yaml) {
    return new Load(SETTINGS).loadFromString(withoutMark(yaml));
  }

  @SuppressWarnings("unchecked")
  private static Object merged(Object root, String key, Object added) {
    Map<String, Object> merged = new LinkedHashMap<>();
    if (root != null) {
      merged.putAll((Map<String, Object>) root);
    }
    Object old = merged.get(key);
    if (added instanceof Map<?, ?> entries) {
      Map<Object, Object> all = new LinkedHashMap<>();
      if (old != null) {
        all.putAll((Map<Object, Object>) old);
      }
      all.putAll(entries);
      merged.put(key, all);
    } else {
      List<Object> all = new ArrayList<>();
      if (old != null) {
        all.addAll((List<Object>) old);
      }
      all.addAll((List<Object>) added);
      merged.put(key, all);
    }
    return merged;
  }

  private List<SitesText> candidates(String key, Block block, String flow) {
    NodeTuple tuple = tuple(key).orElse(null);
    if (tuple == null) {
      return List.of(appended(key, block.lines(INDENT, INDENT)));
    }
    Node value = tuple.getValueNode();
    int below = start(tuple.getKeyNode()).getColumn() + INDENT;
    if (isEmpty(value)) {
      return List.of(filled(tuple, block.lines(below, INDENT)));
    }
    if (!(value instanceof CollectionNode<?> collection) || isAlias(tuple)) {
      return List.of();
    }
    if (collection.getFlowStyle() == FlowStyle.FLOW) {
      int end = offset(end(value)) - 1; // before the bracket
      return List.of(replaced(end, end, ", " + flow), replaced(end, end, " " + flow));
    }
    int column = start(first(value)).getColumn();
    int indent = value instanceof SequenceNode ? start(value).getColumn() : column;
    return List.of(insertedBehind(lastOffset(value), block.lines(indent, step(value, column))));
  }

  private SitesText appended(String key, List<String> lines) {
    String before = text.isEmpty() || text.endsWith("\n") ? text : text + eol();
    String gap = before.isBlank() ? "" : eol();
    String added = gap + key + ":" + eol() + joined(lines);
    return new SitesText(before + added, lines(before + gap) + 1);
  }

  /** In place of an empty value. */
  private SitesText filled(NodeTuple tuple, List<String> lines) {
    Node value = tuple.getValueNode();
    int begin = offset(start(value));
    int end = offset(end(value));
    if (begin == end) {
      return insertedBehind(offset(end(tuple.getKeyNode())), lines);
    }
    int blank = begin;
    while (blank > 0 && text.charAt(blank - 1) == ' ') {
      blank--;
    }
    SitesText without = replaced(blank, end, "");
    return without.insertedBehind(blank, lines);
  }

  /** As lines of their own, behind the one that holds this place. */
  private SitesText insertedBehind(int offset, List<String> lines) {
    int end = text.indexOf('\n', offset);
    String before = end < 0 ? text + eol() : text.substring(0, end + 1);
    String after = end < 0 ? "" : text.substring(end + 1);
    return new SitesText(before + joined(lines) + after, lines(before));
  }

  private SitesText replaced(int begin, int end, String with) {
    String before = text.substring(0, begin);
    return new SitesText(before + with + text.substring(end), lines(before));
  }

  private String joined(List<String> lines) {
    return lines.stream().map(line -> line + eol()).collect(Collectors.joining());
  }

  private String eol() {
    return text.contains("\r\n") ? "\r\n" : "\n";
  }

  private static int lines(String before) {
    return (int) before.chars().filter(c -> c == '\n').count() + 1;
  }

  /** Where the last thing in it ends, comments behind it left out. */
  private int lastOffset(Node node) {
    if (node instanceof CollectionNode<?> block && block.getFlowStyle() == FlowStyle.BLOCK) {
      Object last = block.getValue().get(block.getValue().size() - 1);
      if (!(last instanceof NodeTuple tuple)) {
        return lastOffset((Node) last);
      }
      return isAlias(tuple) ? offset(end(tuple.getKeyNode())) : lastOffset(tuple.getValueNode());
    }
    int offset = offset(end(node));
    while (offset > 0 && Character.isWhitespace(text.charAt(offset - 1))) {
      offset--; // a text over several lines ends where the next line begins
    }
    return offset;
  }

  private static int step(Node value, int column) {
    Object first = ((CollectionNode<?>) value).getValue().get(0);
    return first instanceof NodeTuple tuple
            && tuple.getValueNode() instanceof MappingNode inner
            && inner.getFlowStyle() == FlowStyle.BLOCK
            && !isAlias(tuple)
            && start(first(inner)).getColumn() > column
        ? start(first(inner)).getColumn() - column
        : INDENT;
  }

  private static Node first(Node collection) {
    Object first = ((CollectionNode<?>) collection).getValue().get(0);
    return first instanceof NodeTuple tuple ? tuple.getKeyNode() : (Node) first;
  }

  private static boolean isEmpty(Node value) {
    return value.getTag().equals(Tag.NULL)
        || value instanceof CollectionNode<?> collection && collection.getValue().isEmpty();
  }

  /** The value of an alias stands elsewhere. */
  private static boolean isAlias(NodeTuple tuple) {
    return start(tuple.getValueNode()).getIndex() < end(tuple.getKeyNode()).getIndex();
  }

  private Optional<Node> value(String key) {
    return tuple(key).map(NodeTuple::getValueNode);
  }

  private Optional<NodeTuple> tuple(String key) {
    return new Compose(SETTINGS)
        .composeString(withoutMark(text))
        .filter(root -> root.getNodeType() == NodeType.MAPPING)
        .flatMap(
            root ->
                ((MappingNode) root)
                    .getValue().stream()
                        .filter(tuple -> key.equals(scalar(tuple.getKeyNode())))
                        .findFirst());
  }

  private static String scalar(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  private static Mark start(Node node) {
    return node.getStartMark().orElseThrow();
  }

  private static Mark end(Node node) {
    return node.getEndMark().orElseThrow();
  }

  /** Of the text's characters; a mark counts code points. */
  private int offset(Mark mark) {
    int begin = text.length() - withoutMark(text).length();
    return text.offsetByCodePoints(begin, mark.getIndex());
  }

  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
