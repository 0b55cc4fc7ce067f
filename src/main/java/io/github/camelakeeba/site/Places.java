package io.github.camelakeeba.site;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Where in the file each value stands, by JSON pointer, and what was written there before property
 * functions were resolved.
 */
final class Places {
  private static final int LONGEST_QUOTE = 60;

  private final String file;
  private final Map<String, Integer> lines = new HashMap<>();
  private final Set<String> items = new HashSet<>();
  private final Map<String, String> written = new HashMap<>();

  Places(String file) {
    this.file = file;
  }

  static String below(String pointer, String key) {
    return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
  }

  /** The value of a key, from 1. */
  void key(String pointer, int line) {
    lines.put(pointer, line);
  }

  /** An item of a list. */
  void item(String pointer, int line) {
    lines.put(pointer, line);
    items.add(pointer);
  }

  void written(String pointer, String text) {
    written.put(pointer, text);
  }

  /** The value as the file has it, in quotes: what it was resolved to may be a secret. */
  String quote(String pointer, String value) {
    String text = written.getOrDefault(pointer, value);
    String cut = text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text;
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

  /** {@code config/sites.yaml:12: sites.shop.url}: so every problem begins. */
  String describe(String pointer) {
    return at(line(pointer)) + (pointer.isEmpty() ? "" : ": " + dotted(pointer));
  }

  String at(int line) {
    return file + ":" + line;
  }

  String file() {
    return file;
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
