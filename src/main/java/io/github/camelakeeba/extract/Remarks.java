package io.github.camelakeeba.extract;

import io.github.camelakeeba.secret.UntrustedText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Sentences for people, of which an archive of a million bad names does not make a million. */
public final class Remarks {
  static final int MAX_TEXTS = 50;
  private static final int MAX_PATH = 200; // characters

  private final List<String> texts = new ArrayList<>();
  private long count;

  /** A path of an archive and what is with it, as part of a sentence. */
  void add(String path, String what) {
    count++;
    if (texts.size() < MAX_TEXTS) {
      texts.add("%s: %s.".formatted(UntrustedText.oneLine(path, MAX_PATH), what));
    }
  }

  /** Also those that are not among the texts. */
  public long count() {
    return count;
  }

  /** The first ones. */
  public List<String> texts() {
    return Collections.unmodifiableList(texts);
  }

  public boolean isEmpty() {
    return count == 0;
  }
}
