package io.github.camelakeeba.run;

/** Which queued runs a node claims. */
public enum Claiming {
  /** Every one that is due. */
  ALL,
  /** Only those that were asked for in this process: a command in the foreground. */
  ONLY_OURS,
  /** None: a command that takes no backup. */
  NONE
}
