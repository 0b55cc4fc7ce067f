package io.github.camelakeeba.chaos;

/** What the server's rules allow after a fault, as measured; the worst comes last. */
enum ExpectedRecovery {
  /** The same backup goes on to a good end. */
  SAME,
  /** What the site has can't be trusted any more: only a new backup ends well. */
  ANEW,
  /** Nothing helps: the run fails. */
  OVER;

  ExpectedRecovery and(ExpectedRecovery other) {
    return compareTo(other) > 0 ? this : other;
  }
}
