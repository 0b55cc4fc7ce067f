package io.github.camelakeeba.run;

/** Further attempts that a run has had, by their reason. */
public record Retries(int unreachable, int untrusted) {
  /** None so far. */
  public static final Retries NONE = new Retries(0, 0);

  /** One more since the site could not be reached. */
  public Retries unreachableAgain() {
    return new Retries(unreachable + 1, untrusted);
  }

  /** One more since the archive may have lost rows. */
  public Retries untrustedAgain() {
    return new Retries(unreachable, untrusted + 1);
  }
}
