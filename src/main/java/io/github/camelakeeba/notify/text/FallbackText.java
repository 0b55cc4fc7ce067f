package io.github.camelakeeba.notify.text;

import java.util.Map;
import java.util.TreeMap;

/** The bare facts, for when no template works. */
public final class FallbackText {
  private FallbackText() {}

  /** One line: state and site or channel. */
  static String subject(Map<String, Object> facts) {
    Object whom = facts.get("site") == null ? facts.get("channel") : facts.get("site");
    Object sum = facts.get("sum") == null ? "" : ": " + facts.get("sum");
    return "[" + facts.get("state") + "] " + whom + sum;
  }

  /** A line a fact. */
  public static String text(Map<String, Object> facts) {
    StringBuilder text = new StringBuilder(subject(facts)).append("\n\n");
    new TreeMap<>(facts)
        .forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    return text.toString();
  }

  /** The same as HTML. */
  public static String html(Map<String, Object> facts) {
    String escaped =
        text(facts)
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;");
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"UTF-8\"><title>Backup</title></head><body><pre>"
        + escaped
        + "</pre></body></html>\n";
  }
}
