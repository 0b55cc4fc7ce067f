package io.github.camelakeeba.app.cli.setup;

import java.util.List;
import java.util.Locale;

/**
 * A site as a file of another program has it.
 *
 * @param place where it stands, as sentences begin with it: {@code customers.csv:5}
 * @param name as it stands there, maybe no legal one; null: there is none
 */
record ImportedSite(String place, String name, List<Field> fields) {
  /**
   * A key of the site.
   *
   * @param text the value as YAML, or the secret itself
   */
  record Field(String key, String text, boolean secret, String place) {
    static Field text(String key, String value, String place) {
      return new Field(key, YamlScalar.of(value), false, place);
    }

    /** A number or a flag; what is neither is left to the check of the whole. */
    static Field word(String key, String value, String place) {
      String word = value.toLowerCase(Locale.ROOT);
      boolean plain = word.matches("true|false|0|[1-9][0-9]{0,17}");
      return new Field(key, plain ? word : YamlScalar.quoted(value), false, place);
    }

    static Field yaml(String key, String yaml, String place) {
      return new Field(key, yaml, false, place);
    }

    static Field credential(String key, String value, String place) {
      return new Field(key, value, true, place);
    }

    /** A property function in place of a secret is no secret where the user writes the file. */
    static Field credentialOrFunction(String key, String value, String place) {
      return value.matches("\\{\\{[^{}]+}}")
          ? text(key, value, place)
          : credential(key, value, place);
    }

    /**
     * Whether it would show something of this machine to others: names and addresses are chosen by
     * whoever has written them into the other program.
     */
    boolean hasForeignFunction() {
      return !secret && !key.matches("secret|token") && text.contains("{{");
    }
  }

  boolean has(String... keys) {
    return List.of(keys).stream().anyMatch(key -> value(key) != null);
  }

  /** As YAML; null: it is not there. */
  String value(String key) {
    return fields.stream()
        .filter(field -> field.key().equals(key))
        .map(Field::text)
        .findFirst()
        .orElse(null);
  }

  boolean hasCredential() {
    return has("secret", "secretFile", "token", "tokenFile");
  }
}
