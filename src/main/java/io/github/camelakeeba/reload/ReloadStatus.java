package io.github.camelakeeba.reload;

import java.time.Instant;
import java.util.List;

/**
 * How the last attempt to take a configuration went; the start counts as one.
 *
 * @param problems why it was refused; empty: it was taken
 * @param at when that was
 * @param takenAt when the configuration that holds was taken
 */
public record ReloadStatus(List<String> problems, Instant at, Instant takenAt) {
  public boolean successful() {
    return problems.isEmpty();
  }

  static ReloadStatus taken(Instant at) {
    return new ReloadStatus(List.of(), at, at);
  }

  ReloadStatus refused(List<String> problems, Instant at) {
    return new ReloadStatus(List.copyOf(problems), at, takenAt);
  }
}
