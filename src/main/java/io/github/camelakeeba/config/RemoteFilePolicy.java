package io.github.camelakeeba.config;

import io.github.camelakeeba.Internal;
import java.util.Arrays;

/** Whether the site's files are deleted once the archive is downloaded. */
@Internal
public enum RemoteFilePolicy {
  KEEP("keep"),
  /** They are deleted when the archive was read to its end. */
  DELETE_FILES("deleteFiles"),
  /** They are deleted also when the archive's content can't be read. */
  DELETE_FILES_UNREAD("deleteFilesUnread");

  private final String word;

  RemoteFilePolicy(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** Of a word that the schema allows. */
  public static RemoteFilePolicy of(String word) {
    return Arrays.stream(values()).filter(policy -> policy.word.equals(word)).findFirst().get();
  }
}
