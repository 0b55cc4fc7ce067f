package io.github.camelakeeba.proof;

/**
 * Follows a restore test; called often, from the test's own thread. Each throws {@link
 * ProofAbandonedException} when the test must end here: it clears up after itself then, and throws
 * it on.
 */
public interface ProofProgress {
  /** Says what it is doing, in a few words. */
  void at(String what);

  /** Says nothing. */
  void check();
}
