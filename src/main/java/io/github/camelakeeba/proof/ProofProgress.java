package io.github.camelakeeba.proof;

/** Follows a restore test; called often, from the test's own thread. */
public interface ProofProgress {
  /**
   * Says what it is doing, in a few words. Throws {@link ProofAbandonedException} when it must end
   * here: it clears up after itself then, and throws it on.
   */
  void at(String what);
}
