package io.github.camelakeeba.watch;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The standing of a site, the one that needs a person most first; in lists in this order. */
public enum SiteState {
  /** No good backup for longer than {@code overdueAfter}. */
  MISSED,
  /** Its newest ended run failed. */
  FAILED,
  /** Its newest ended run is good, and has warnings. */
  WARNING,
  PAUSED,
  /** No run of it has ended yet. */
  NEVER,
  /** A run of it is queued or running, and it stands no worse than completed. */
  RUNNING,
  COMPLETED;

  /** As in the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether somebody should look at the site. */
  public boolean needsAttention() {
    return this == MISSED || this == FAILED;
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(SiteState::word).toList();
  }
}
