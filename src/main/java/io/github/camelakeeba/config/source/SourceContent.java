package io.github.camelakeeba.config.source;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a source gave.
 *
 * @param bytes at most {@link #MAX_BYTES}
 * @param contentType as the source says, or null
 * @param name whose ending may say what it is, or null
 * @param readAt when the source gave it
 */
public record SourceContent(byte[] bytes, String contentType, String name, Instant readAt) {
  public static final int MAX_BYTES = 16 * 1024 * 1024;

  private static final Map<String, Format> TYPES =
      Map.of(
          "text/csv", Format.CSV,
          "text/tab-separated-values", Format.CSV,
          "application/csv", Format.CSV,
          "application/json", Format.JSON,
          "text/json", Format.JSON,
          "application/yaml", Format.YAML,
          "application/x-yaml", Format.YAML,
          "text/yaml", Format.YAML,
          "text/x-yaml", Format.YAML);

  private static final Map<String, Format> ENDINGS =
      Map.of(
          "csv", Format.CSV,
          "tsv", Format.CSV,
          "json", Format.JSON,
          "yaml", Format.YAML,
          "yml", Format.YAML);

  /** How a list is written. */
  public enum Format {
    CSV,
    JSON,
    YAML;

    public String ending() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether it is a page for people, such as a form to sign in. */
  public boolean isPage() {
    return contentType != null && contentType.matches("(?i)\\s*(text/html|application/xhtml).*");
  }

  /** By its type, else by the ending of its name; empty: neither says. */
  public Optional<Format> format() {
    String type =
        contentType == null
            ? ""
            : contentType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    if (type.endsWith("+json")) {
      return Optional.of(Format.JSON);
    }
    String ending =
        name == null
            ? ""
            : name.replaceFirst("[?#].*", "").replaceFirst(".*\\.", "").toLowerCase(Locale.ROOT);
    return Optional.ofNullable(TYPES.getOrDefault(type, ENDINGS.get(ending)));
  }
}
