package io.github.camelakeeba.app.cli.setup;

import io.github.camelakeeba.config.ConfigurationException;
import java.util.ArrayList;
import java.util.List;

/** What there is to say of a file that is imported: problems, for which nothing is, and notes. */
final class ImportFindings {
  private final List<String> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  void problem(String place, String sentence) {
    problems.add(place + ": " + sentence);
  }

  void note(String place, String sentence) {
    notes.add(place + ": " + sentence);
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  /** Throws {@link ConfigurationException} with all problems. */
  void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }
}
