package io.github.camelakeeba.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** The arguments of a benchmark, {@code key=value} each; what is not given has its default. */
final class Settings {
  private final Map<String, String> values = new LinkedHashMap<>();

  /** The defaults are key, value, key, value, …; another key is refused with those allowed. */
  Settings(String[] arguments, String... defaults) {
    for (int i = 0; i < defaults.length; i += 2) {
      values.put(defaults[i], defaults[i + 1]);
    }
    for (String argument : arguments) {
      String[] pair = argument.split("=", 2);
      if (pair.length < 2 || values.replace(pair[0], pair[1]) == null) {
        throw new IllegalArgumentException(argument + ": allowed and the defaults: " + values);
      }
    }
  }

  String text(String key) {
    return values.get(key);
  }

  int number(String key) {
    return Integer.parseInt(values.get(key));
  }

  @Override
  public String toString() {
    StringBuilder all = new StringBuilder();
    values.forEach((key, value) -> all.append(' ').append(key).append('=').append(value));
    return all.substring(1);
  }
}
