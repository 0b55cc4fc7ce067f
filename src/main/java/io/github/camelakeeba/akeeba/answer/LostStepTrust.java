package io.github.camelakeeba.akeeba.answer;

import io.github.camelakeeba.akeeba.StepAnswer;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a backup can be trusted after steps whose answers did not come (measured). A step that
 * ran to its end with its response lost does no harm. One that was killed is exact to repeat while
 * files are packed; in the database dump, or at its border, the repetition loses rows without a
 * word.
 */
public final class LostStepTrust {
  private static final Set<String> PACKING = Set.of("packing", "pack", "finale", "finalization");

  private LostStepTrust() {}

  /**
   * How many of the lost steps had run to their end.
   *
   * @param last the number in the last answer that came
   * @param lost steps since then that may have begun
   * @param answer the answer that came at last
   * @return 0 to {@code lost}; 0 where the site numbers no steps
   */
  public static int completed(int last, int lost, StepAnswer answer) {
    if (answer.stepNumber() == null || last == 0) {
      return 0;
    }
    // the last answer of a backup repeats the number before
    int before = answer.hasRun() ? answer.stepNumber() - 1 : answer.stepNumber();
    return Math.max(0, Math.min(lost, before - last));
  }

  /** Whether it can, when so many steps were repeated after an answer of this domain. */
  public static boolean trusted(String domain, int repeated) {
    return repeated == 0 || PACKING.contains(domain.toLowerCase(Locale.ROOT));
  }
}
