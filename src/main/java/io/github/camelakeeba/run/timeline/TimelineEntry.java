package io.github.camelakeeba.run.timeline;

import java.time.Instant;
import java.util.Optional;

/**
 * One thing that happened in a run.
 *
 * @param kind lower-case words with hyphens, such as {@code lost-answer}
 * @param text a sentence for people, on one line
 */
public record TimelineEntry(Instant at, String kind, String text) {

  /** As it is stored. */
  String line() {
    return at + "\t" + kind + "\t" + text + "\n";
  }

  /** The entry that was stored as this line, without its end; nothing where it is none. */
  public static Optional<TimelineEntry> of(String line) {
    String[] parts = line.split("\t", 3);
    return parts.length < 3
        ? Optional.empty()
        : Optional.of(new TimelineEntry(Instant.parse(parts[0]), parts[1], parts[2]));
  }
}
