package io.github.camelakeeba.proof;

import java.util.Locale;

/** The result of a restore test. */
public enum Verdict {
  /** The backup was restored, and is what it should be. */
  PROVED,
  /** The backup is not what it should be. */
  UNPROVED,
  /** The test could not be made, which says nothing of the backup. */
  UNTESTED;

  /** As in the database, in events and in the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of this word; throws {@link IllegalArgumentException} for any other. */
  public static Verdict of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
