package io.github.camelakeeba.app.cli.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A mapping with a name that is to be written into a mapping: a site, a channel. */
record YamlEntry(String name, List<Line> lines) {
  private static final int COMMENT_COLUMN = 44;

  /**
   * One key of it.
   *
   * @param key null: the line is a comment only
   * @param yaml the value as YAML, on one line
   * @param comment without its number sign; "" none
   */
  record Line(String key, String yaml, String comment) {
    static Line of(String key, String yaml) {
      return new Line(key, yaml, "");
    }

    static Line comment(String comment) {
      return new Line(null, "", comment);
    }

    private String text() {
      if (key == null) {
        return "#" + comment;
      }
      String text = key + ": " + yaml;
      return comment.isEmpty()
          ? text
          : text + " ".repeat(Math.max(2, COMMENT_COLUMN - text.length())) + "# " + comment;
    }
  }

  /** Its name on the first line, and a line for each of its own. */
  List<String> block(int indent, int step) {
    List<String> block = new ArrayList<>();
    block.add(" ".repeat(indent) + name(name) + ":");
    lines.forEach(line -> block.add(" ".repeat(indent + step) + line.text()));
    return block;
  }

  /** The same on one line, without comments. */
  String flow() {
    return YamlScalar.quoted(name) + ": " + value();
  }

  String value() {
    return lines.stream()
        .filter(line -> line.key() != null)
        .map(line -> line.key() + ": " + line.yaml())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String name(String name) {
    return YamlScalar.of(name);
  }
}
