package io.github.camelakeeba.app.cli.setup;

import io.github.camelakeeba.app.cli.setup.SecretFiles.Place;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * A configuration that is not written yet: to try it, its secrets stand behind property functions
 * of its own, since their files are not there.
 *
 * @param trial the text with these functions, line by line like the other
 * @param text the text that is to be written
 */
record Candidate(String trial, String text, Functions functions, SecretFiles secrets) {
  /** How a secret is named in a text. */
  interface Naming {
    YamlEntry.Line line(String key, Place place, String comment);
  }

  /** By its file. */
  static final Naming BY_FILE =
      (key, place, comment) ->
          new YamlEntry.Line(key + "File", YamlScalar.of(place.path()), comment);

  /** What stands for the secrets in the trial's text. */
  static final class Functions implements Naming {
    private final String prefix = "{{" + UUID.randomUUID() + "-";
    private final Map<String, String> values = new HashMap<>();

    @Override
    public YamlEntry.Line line(String key, Place place, String comment) {
      String function = prefix + values.size() + "}}";
      values.put(function, place.value().reveal());
      return new YamlEntry.Line(key, YamlScalar.quoted(function), comment);
    }

    UnaryOperator<String> before(UnaryOperator<String> others) {
      return text -> values.containsKey(text) ? values.get(text) : others.apply(text);
    }
  }
}
