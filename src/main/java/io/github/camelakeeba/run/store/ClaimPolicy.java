package io.github.camelakeeba.run.store;

/** Which queued runs a node claims. */
public enum ClaimPolicy {
  /** Every one that is due. */
  ALL,
  /** Only those that were asked for in this process: a command in the foreground. */
  OWN_ONLY,
  /** None: a command that takes no backup. */
  NONE
}
