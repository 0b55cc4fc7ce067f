package io.github.camelakeeba.run;

import io.github.camelakeeba.Internal;
import java.util.Locale;

/** The state of a run: queued, running, or one of its three ends. */
@Internal
public enum RunState {
  QUEUED,
  RUNNING,
  COMPLETED,
  WARNING,
  FAILED;

  /** As in the database, in events and in the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public boolean terminal() {
    return this == COMPLETED || this == WARNING || this == FAILED;
  }

  /** The state of this word; throws {@link IllegalArgumentException} for any other. */
  public static RunState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
