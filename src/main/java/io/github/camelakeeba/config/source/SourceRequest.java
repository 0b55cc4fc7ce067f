package io.github.camelakeeba.config.source;

import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.Sha256;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which list is asked for, and how.
 *
 * @param from the name of a file, an address, or the URI of a Camel endpoint
 * @param folder where relative names of files start
 * @param headers of a call over HTTP, those of its credentials too
 * @param timeout how long the answer may take in all
 */
public record SourceRequest(
    Secret from, Path folder, Map<String, Secret> headers, Duration timeout) {
  // one letter is a drive
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  /** Where the list is. */
  public enum Kind {
    FILE,
    HTTP,
    CAMEL
  }

  public Kind kind() {
    return kind(from.reveal());
  }

  public static Kind kind(String from) {
    if (!URI.matcher(from).matches()) {
      return Kind.FILE;
    }
    return from.toLowerCase(Locale.ROOT).matches("https?:.*") ? Kind.HTTP : Kind.CAMEL;
  }

  /** The file; throws {@link java.nio.file.InvalidPathException} where none can have this name. */
  public Path file() {
    return folder.resolve(from.reveal()).normalize();
  }

  /**
   * The name of its copy: the same for the same source. Its credentials count, since one address
   * may give each customer's token another list.
   */
  String key() {
    StringBuilder asked = new StringBuilder(from.reveal());
    new TreeMap<>(headers)
        .forEach(
            (name, value) -> asked.append('\n').append(name).append(':').append(value.reveal()));
    return Sha256.hex(asked.toString()).substring(0, 32);
  }
}
