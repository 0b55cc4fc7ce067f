package io.github.camelakeeba.backup.recovery;

import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.CallDelay;
import io.github.camelakeeba.run.CallJournal;
import io.github.camelakeeba.run.store.RecoverySettings;
import java.time.Duration;
import java.time.Instant;

/**
 * What the site has shown of a backup since a response was lost.
 *
 * @param pause milliseconds until the next poll
 * @param since when the polling began
 * @param unchangedSince since when the record is the same, by our clock
 * @param changed whether it has changed between two polls
 * @param settleTime how long the site must be seen idle before a step is sent; null: not asked yet
 * @param record as it was last, or null
 */
public record RecoveryState(
    Verdict verdict,
    long pause,
    int polls,
    Instant since,
    Instant unchangedSince,
    boolean changed,
    Duration settleTime,
    BackupRecord record)
    implements CallDelay {

  public enum Verdict {
    /** Not known yet: poll again. */
    WAIT,
    /** The backup is complete: only the answer was late. */
    COMPLETE,
    /** The site is idle, and the last call never arrived: it may be sent at once. */
    UNTOUCHED,
    /** The site is idle: one step may be sent. */
    IDLE,
    /** A worker was inside for longer than any step takes: it is dead, and one step may be sent. */
    DEAD,
    /** The backup is over, and not well. */
    OVER
  }

  /**
   * Before the first poll: at once, unless the site asked for a pause, or more than one call was
   * lost. Throws the reason of the last call after {@value
   * RecoverySettings#MAX_CALLS_WITHOUT_RESPONSE} in a row.
   */
  static RecoveryState first(CallJournal journal, RecoverySettings recovery, Instant now) {
    if (journal.lostInARow() >= RecoverySettings.MAX_CALLS_WITHOUT_RESPONSE
        && journal.cause() != null) {
      throw journal.cause();
    }
    long pause = journal.lostInARow() > 1 ? recovery.pauseAfter(journal.lostInARow() - 1) : 0;
    return new RecoveryState(
        Verdict.WAIT,
        Math.max(journal.retryAfter().toMillis(), pause),
        0,
        now,
        null,
        false,
        null,
        null);
  }

  public boolean open() {
    return verdict == Verdict.WAIT;
  }

  /** Whether it matters now how long the site's workers sleep before they save their state. */
  public boolean unsettled() {
    return open() && settleTime == null && record != null && record.running();
  }

  public boolean over() {
    return verdict == Verdict.OVER;
  }

  RecoveryState withSettleTime(Duration time) {
    return new RecoveryState(
        verdict, time.toMillis(), polls, since, unchangedSince, changed, time, record);
  }

  RecoveryState next(Verdict found, long wait, Instant still, boolean hasMoved, BackupRecord seen) {
    return new RecoveryState(found, wait, polls + 1, since, still, hasMoved, settleTime, seen);
  }
}
