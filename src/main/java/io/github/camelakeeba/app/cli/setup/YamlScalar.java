package io.github.camelakeeba.app.cli.setup;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A text as YAML: plain where every reader takes it for a text, else in double quotes. */
final class YamlScalar {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z/](?:[A-Za-z0-9_./@+~?=&%-]|:(?=[^ ])| (?=[A-Za-z0-9]))*");

  /** Of YAML 1.1 too, which editors and other tools still read. */
  private static final Set<String> NO_TEXTS =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  private YamlScalar() {}

  static String of(String text) {
    boolean plain =
        PLAIN.matcher(text).matches() && !NO_TEXTS.contains(text.toLowerCase(Locale.ROOT));
    return plain ? text : quoted(text);
  }

  /** In the quotes of JSON, which YAML reads alike. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    JsonStringEncoder.getInstance().quoteAsString(text, quoted);
    // what JSON leaves as it is and YAML does not take
    quoted.append('"');
    StringBuilder printable = new StringBuilder();
    quoted
        .toString()
        .codePoints()
        .forEach(
            c -> {
              if (c >= 0x7F && c < 0xA0 || c == 0x2028 || c == 0x2029 || c == 0xFEFF) {
                printable.append(String.format(Locale.ROOT, "\\u%04X", c));
              } else {
                printable.appendCodePoint(c);
              }
            });
    return printable.toString();
  }
}
