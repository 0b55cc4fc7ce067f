package io.github.camelakeeba.run;

import io.github.camelakeeba.Internal;

/**
 * Further attempts that a run has had, by their reason.
 *
 * @param unreachable the site could not be reached
 * @param untrusted the archive may have lost rows
 * @param internal the routes had left it without an end
 */
@Internal
public record RetryCounts(int unreachable, int untrusted, int internal) {
  public static final RetryCounts NONE = new RetryCounts(0, 0, 0);

  public RetryCounts unreachableAgain() {
    return new RetryCounts(unreachable + 1, untrusted, internal);
  }

  public RetryCounts untrustedAgain() {
    return new RetryCounts(unreachable, untrusted + 1, internal);
  }
}
