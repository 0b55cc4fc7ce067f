package io.github.camelakeeba.run;

import io.github.camelakeeba.Internal;

/** What a running run does next; the routes choose by it. */
@Internal
public enum RunPhase {
  /** Nothing was started yet: look, then start. */
  START,
  /** The answer of startBackup did not come: find out whether it has begun. */
  RECOVER_START,
  /** The response of a step was lost: poll until the site shows what became of it. */
  RECOVER_STEP,
  /** The site wants another step. */
  STEP,
  /** The site says that it has finished: find out whether another start has destroyed it. */
  CHECK_OTHER_BACKUPS,
  /** It has finished, and no other start came in between: verify. */
  VERIFY
}
