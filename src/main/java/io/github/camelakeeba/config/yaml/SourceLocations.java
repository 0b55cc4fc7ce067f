package io.github.camelakeeba.config.yaml;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Where each value of the file is, by JSON pointer, and its text before functions are resolved. */
final class SourceLocations {
  private static final int MAX_QUOTE_LENGTH = 60;

  private final String file;
  private final String lineMark;
  private final Map<String, Integer> lines = new HashMap<>();
  private final Set<String> items = new HashSet<>();
  private final Map<String, String> original = new HashMap<>();

  SourceLocations(String file) {
    this(file, ":");
  }

  private SourceLocations(String file, String lineMark) {
    this.file = file;
    this.lineMark = lineMark;
  }

  /** Of a list, whose lines are its rows. */
  static SourceLocations ofRows(String list) {
    return new SourceLocations(list, " row ");
  }

  String file() {
    return file;
  }

  static String child(String pointer, String key) {
    boolean plain = key.indexOf('~') < 0 && key.indexOf('/') < 0;
    return pointer + "/" + (plain ? key : key.replace("~", "~0").replace("/", "~1"));
  }

  /** Lines count from 1. */
  void recordKey(String pointer, int line) {
    lines.put(pointer, line);
  }

  void recordItem(String pointer, int line) {
    lines.put(pointer, line);
    items.add(pointer);
  }

  void original(String pointer, String text) {
    original.put(pointer, text);
  }

  /** Whether the value is not what the file has, but what a property function made of it. */
  boolean isResolved(String pointer) {
    return original.containsKey(pointer);
  }

  /** The value as the file has it, in quotes: what it was resolved to may be a secret. */
  String quote(String pointer, String value) {
    String text = original.getOrDefault(pointer, value);
    String cut =
        text.length() > MAX_QUOTE_LENGTH ? text.substring(0, MAX_QUOTE_LENGTH) + "…" : text;
    return "'" + cut.replaceAll("\\p{Cntrl}+", " ") + "'";
  }

  /** The line of the value or of the nearest mapping around it; 1 when nothing is known. */
  int line(String pointer) {
    for (String at = pointer; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
      Integer line = lines.get(at);
      if (line != null) {
        return line;
      }
    }
    return 1;
  }

  /** The beginning of a problem: {@code config/sites.yaml:12: sites.shop.url}. */
  String describe(String pointer) {
    return describeLine(line(pointer)) + (pointer.isEmpty() ? "" : ": " + dotted(pointer));
  }

  String describeLine(int line) {
    return file + lineMark + line;
  }

  /** The file and the line of the value. */
  String place(String pointer) {
    return describeLine(line(pointer));
  }

  private String dotted(String pointer) {
    StringBuilder text = new StringBuilder();
    StringBuilder at = new StringBuilder();
    for (String key : pointer.substring(1).split("/", -1)) {
      at.append('/').append(key);
      if (items.contains(at.toString())) {
        text.append('[').append(key).append(']');
      } else {
        text.append(text.isEmpty() ? "" : ".").append(key.replace("~1", "/").replace("~0", "~"));
      }
    }
    return text.toString().replaceAll("\\p{Cntrl}+", " ");
  }
}
