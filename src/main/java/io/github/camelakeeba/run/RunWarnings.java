package io.github.camelakeeba.run;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.secret.UntrustedText;
import java.util.ArrayList;
import java.util.List;

/**
 * The warnings of all steps of a run.
 *
 * @param count how many the site gave
 * @param texts the first {@value #MAX_KEPT}, each cut after {@value #MAX_TEXT_LENGTH} characters;
 *     also a text of ours on those that were lost, and on what could not be verified
 */
@Internal
public record RunWarnings(int count, List<String> texts) {
  public static final int MAX_KEPT = 50;
  private static final int MAX_TEXT_LENGTH = 1000;
  public static final RunWarnings NONE = new RunWarnings(0, List.of());

  public RunWarnings plus(List<String> more) {
    return more.isEmpty() ? this : new RunWarnings(count + more.size(), texts(more));
  }

  /** These, and a text of ours, once, on what can't be known; it is not counted. */
  public RunWarnings withUnknown(String what) {
    return texts.contains(what) ? this : new RunWarnings(count, texts(List.of(what)));
  }

  private List<String> texts(List<String> more) {
    List<String> kept = new ArrayList<>(texts);
    for (String text : more) {
      if (kept.size() < MAX_KEPT) {
        kept.add(UntrustedText.truncate(text, MAX_TEXT_LENGTH + 1));
      }
    }
    return List.copyOf(kept);
  }
}
