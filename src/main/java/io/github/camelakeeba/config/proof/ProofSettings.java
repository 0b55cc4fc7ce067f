package io.github.camelakeeba.config.proof;

import io.github.camelakeeba.secret.Secret;
import java.time.Duration;

/**
 * How it is made sure that a site's backups can be restored.
 *
 * @param archivePassword of its encrypted archives (.jps), or null
 * @param restoreTest where its dumps are loaded, or null: nowhere
 * @param provedOverdueAfter not proved for so long is reported; null: never
 * @param watch whether backups of other clients count, too
 */
public record ProofSettings(
    Secret archivePassword,
    CensusSettings census,
    RestoreTestSettings restoreTest,
    Duration provedOverdueAfter,
    boolean watch) {
  /** As of a site whose entry names none of the keys. */
  public static final ProofSettings NONE =
      new ProofSettings(null, CensusSettings.SHIPPED, null, null, false);

  /** Whether anything may be reported of its restore tests. */
  public boolean isTested() {
    return restoreTest != null || provedOverdueAfter != null;
  }
}
