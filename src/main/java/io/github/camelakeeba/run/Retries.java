package io.github.camelakeeba.run;

/**
 * Further attempts that a run has had, by their reason.
 *
 * @param unreachable the site could not be reached
 * @param untrusted the archive may have lost rows
 * @param internal the routes had left it without an end
 */
public record Retries(int unreachable, int untrusted, int internal) {
  /** None so far. */
  public static final Retries NONE = new Retries(0, 0, 0);

  /** One more since the site could not be reached. */
  public Retries unreachableAgain() {
    return new Retries(unreachable + 1, untrusted, internal);
  }

  /** One more since the archive may have lost rows. */
  public Retries untrustedAgain() {
    return new Retries(unreachable, untrusted + 1, internal);
  }
}
