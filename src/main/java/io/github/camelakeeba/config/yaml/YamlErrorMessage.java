package io.github.camelakeeba.config.yaml;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A YAML syntax error as a sentence. The parser's own text is used only where it cannot hold a
 * piece of the file, since that may be a secret.
 */
final class YamlErrorMessage {
  private static final Map<String, String> SENTENCES =
      Map.of(
          "found undefined alias", "a value that begins with * must be in quotes",
          "found undefined tag handle", "a value that begins with ! must be in quotes",
          "found character '\\t(TAB)'", "a tab cannot indent; use spaces",
          "found character '", "a value that begins with % @ or ` must be in quotes",
          "mapping values are not allowed here",
              "a colon is not allowed here; wrong indentation, or a value that needs quotes",
          "found unexpected end of stream", "a quotation mark is not closed",
          "found unknown escape character",
              "unknown escape after a backslash; use single quotes for text with backslashes");

  private YamlErrorMessage() {}

  static String sentence(SourceLocations locations, YamlEngineException error, String text) {
    if (error instanceof MarkedYamlEngineException marked) {
      return sentence(locations, marked);
    }
    if (error instanceof ReaderException character) {
      long line =
          1 + text.codePoints().limit(character.getPosition()).filter(c -> c == '\n').count();
      return locations.describeLine((int) line) + ": not YAML: a control character is not allowed";
    }
    return locations.describeLine(1) + ": not YAML, or larger than the reader takes";
  }

  private static String sentence(SourceLocations locations, MarkedYamlEngineException error) {
    Optional<Mark> mark = error.getProblemMark();
    String at =
        locations.describeLine(mark.map(Mark::getLine).orElse(0) + 1)
            + mark.map(one -> ":" + (one.getColumn() + 1)).orElse("");
    String problem = String.valueOf(error.getProblem());
    return at
        + ": not YAML: "
        + SENTENCES.entrySet().stream()
            .filter(known -> problem.startsWith(known.getKey()))
            // the longest is the most specific
            .max(Comparator.comparingInt(known -> known.getKey().length()))
            .map(Map.Entry::getValue)
            .orElseGet(() -> problem.replaceFirst(",? but found:.*", ""));
  }
}
