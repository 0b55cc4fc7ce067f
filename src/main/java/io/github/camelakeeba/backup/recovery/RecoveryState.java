package io.github.camelakeeba.backup.recovery;

import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.CallDelay;
import java.time.Duration;
import java.time.Instant;

/**
 * What the site has shown of a backup since an answer did not come.
 *
 * @param verdict what is known by now
 * @param pause milliseconds to wait before the next look
 * @param looks so far
 * @param since when the first look was
 * @param unmoved since when nothing has moved, by our clock
 * @param moved whether anything has moved between two looks
 * @param settle how long the site must be seen idle before a step is sent; null: not asked yet
 * @param record as it was seen last, or null
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

  /** What became of the call. */
  public enum Verdict {
    /** Not known yet: poll again. */
    WAIT,
    /** The backup is complete: only the answer was late. */
    COMPLETE,
    /** Nobody is at work, and the last call never arrived: it may be sent at once. */
    UNTOUCHED,
    /** Nobody is at work: one step may be sent. */
    IDLE,
    /** A worker was inside for longer than any step takes: it is dead, and one step may be sent. */
    DEAD,
    /** The backup is over, and not well. */
    OVER
  }

  /** Whether to poll again. */
  public boolean open() {
    return verdict == Verdict.WAIT;
  }

  /** Whether it matters now how long the site's workers sleep before they save their state. */
  public boolean unsettled() {
    return open() && settleTime == null && record != null && record.running();
  }

  /** Whether the backup is over, and not well. */
  public boolean over() {
    return verdict == Verdict.OVER;
  }

  /** The same, knowing how long the site must be seen idle. */
  RecoveryState withSettleTime(Duration time) {
    return new RecoveryState(
        verdict, time.toMillis(), polls, since, unchangedSince, changed, time, record);
  }

  /** After one more look. */
  RecoveryState next(Verdict found, long wait, Instant still, boolean hasMoved, BackupRecord seen) {
    return new RecoveryState(found, wait, polls + 1, since, still, hasMoved, settleTime, seen);
  }
}
