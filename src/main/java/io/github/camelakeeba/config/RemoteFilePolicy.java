package io.github.camelakeeba.config;

import io.github.camelakeeba.Internal;

/** What becomes of the files on the site once the archive is downloaded. */
@Internal
public enum RemoteFilePolicy {
  /** They stay. */
  KEEP("keep"),
  /** They are deleted when the archive was read to its end. */
  DELETE_FILES("deleteFiles"),
  /** They are deleted also when nobody can walk the archive's content. */
  DELETE_FILES_UNREAD("deleteFilesUnread");

  private final String word;

  RemoteFilePolicy(String word) {
    this.word = word;
  }

  /** As users write it. */
  public String word() {
    return word;
  }

  public static RemoteFilePolicy of(String word) {
    for (RemoteFilePolicy one : values()) {
      if (one.word.equals(word)) {
        return one;
      }
    }
    throw new IllegalArgumentException("unknown word");
  }
}
