package io.github.camelakeeba.trigger;

import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.site.Trigger;

/** Whether the sender knows the trigger's secret. */
final class SenderProof {
  private SenderProof() {}

  /**
   * Throws {@link RunRefusedException} when it does not; a trigger without a secret asks nobody.
   */
  static void check(Trigger trigger, Arrival arrival) {
    if (trigger.secret() != null) {
      throw new RunRefusedException(
          Reason.NOT_ADMITTED, "the proof of the sender can't be checked by this version");
    }
  }
}
