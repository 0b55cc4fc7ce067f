package io.github.camelakeeba.proof;

import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.keep.LocatedArchive;

/** Restores an archive to see whether that can be done, and leaves nothing of it behind. */
public interface RestoreTester {
  /**
   * Gives a result whatever the archive and the server are like. Throws {@link
   * ProofAbandonedException} as the progress does.
   */
  ProofResult test(Site site, LocatedArchive archive, ProofProgress progress);
}
