package io.github.camelakeeba.config.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Every problem found so far: one sentence for a place, in the order of the file's lines. */
final class ConfigurationProblems {
  private record Problem(int line, String text) {}

  /** Keys whose value is never repeated: it is a secret or may hold user:password@. */
  private static final Set<String> UNQUOTED =
      Set.of(
          "secret", "password", "url", "proxy", "smtp", "username", "token", "uri", "deadLetter");

  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\p{Cf}]+");

  private final SourceLocations locations;
  private final int most;
  private final List<Problem> found = new ArrayList<>();
  private final Set<String> pointers = new HashSet<>();
  private final Set<String> texts = new HashSet<>();

  ConfigurationProblems(SourceLocations locations) {
    this(locations, Integer.MAX_VALUE);
  }

  /** Of a list that may be wrong in each of its rows: at most so many are told one by one. */
  ConfigurationProblems(SourceLocations locations, int most) {
    this.locations = locations;
    this.most = most;
  }

  SourceLocations locations() {
    return locations;
  }

  /** A wrong value: only its first problem is reported. */
  void reportValue(String pointer, String sentence) {
    if (pointers.add(pointer)) {
      reportMapping(pointer, sentence);
    }
  }

  /** The same; a sentence that begins with "is" gets the value as written before it. */
  void reportValue(String pointer, JsonNode value, String sentence) {
    String quoted = quoted(pointer, value);
    String subject = quoted.isEmpty() ? "its value" : quoted;
    reportValue(pointer, sentence.startsWith("is ") ? subject + " " + sentence : sentence);
  }

  /** The value in quotes as the file has it, or "" for a secret and for what is no plain value. */
  String quoted(String pointer, JsonNode value) {
    String key = pointer.substring(pointer.lastIndexOf('/') + 1);
    return value.isValueNode() && !pointer.isEmpty() && !UNQUOTED.contains(key)
        ? locations.quote(pointer, value.asText())
        : "";
  }

  /** A problem with the keys of a mapping, which may have several. */
  void reportMapping(String pointer, String sentence) {
    report(locations.line(pointer), locations.describe(pointer) + ": " + sentence);
  }

  /** A problem of a whole line. */
  void reportLine(int line, String sentence) {
    report(line, locations.describeLine(line) + ": " + sentence);
  }

  private void report(int line, String sentence) {
    // a name in a list from elsewhere may hold what makes lines of its own, or moves a cursor
    String text = INVISIBLE.matcher(sentence).replaceAll(" ");
    if (texts.add(text)) {
      found.add(new Problem(line, text));
    }
  }

  /**
   * The file as a whole can't be read, or is not the YAML that was meant: sentences with places.
   */
  void reportUnreadable(List<String> sentences) {
    sentences.forEach(sentence -> found.add(new Problem(0, sentence)));
  }

  void reportUnreadable(String sentence) {
    reportUnreadable(List.of(locations.file() + ": " + sentence));
  }

  boolean hasProblemAt(String pointer) {
    return pointers.contains(pointer);
  }

  /** In the order of the lines. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    found.stream()
        .sorted(Comparator.comparingInt(Problem::line))
        .limit(most)
        .forEach(problem -> sentences.add(problem.text()));
    if (found.size() > most) {
      sentences.add("%s: and %s more".formatted(locations.file(), found.size() - most));
    }
    return List.copyOf(sentences);
  }
}
