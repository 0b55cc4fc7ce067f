package io.github.camelakeeba.notify.text;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Plain texts, for when no template works. */
public final class FallbackText {
  private FallbackText() {}

  static String subject(Map<String, Object> model) {
    Object whom =
        Stream.of("site", "channel", "sentence")
            .map(model::get)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse("");
    Object sum = model.get("sum") == null ? "" : ": " + model.get("sum");
    return "[" + model.get("state") + "] " + whom + sum;
  }

  public static String text(Map<String, Object> model) {
    StringBuilder text = new StringBuilder(subject(model)).append("\n\n");
    new TreeMap<>(model)
        .forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    return text.toString();
  }

  public static String html(Map<String, Object> model) {
    String escaped =
        text(model)
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;");
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"UTF-8\"><title>Backup</title></head><body><pre>"
        + escaped
        + "</pre></body></html>\n";
  }
}
