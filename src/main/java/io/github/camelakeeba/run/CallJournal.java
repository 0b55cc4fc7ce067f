package io.github.camelakeeba.run;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.akeeba.LostResponseException;
import io.github.camelakeeba.akeeba.LostResponseException.SendState;
import java.time.Duration;
import java.time.Instant;

/**
 * What is not known of the calls of a run: whether one is in flight, and which responses were lost.
 *
 * @param inFlight the API method that is noted as about to be sent, or null
 * @param notedAt when the store accepted the last such note, or null; not stored
 * @param lostResponses calls since the last response that may have begun on the site
 * @param unresolved whether the site must be inspected before anything is sent to it
 * @param lostInARow calls in a row without a response, also those that never left; not stored
 * @param cause why the last of them gave no response, or null; not stored
 * @param idleMark the last time in the record when the site was last found idle, where a later one
 *     must differ, or null; not stored
 * @param newestRecord the highest record number on the site before startBackup, or null
 * @param abortedByPhp whether PHP itself has broken the last startBackup off; not stored
 * @param undisturbed whether it is known that no other start has destroyed the backup; not stored
 */
@Internal
public record CallJournal(
    String inFlight,
    Instant notedAt,
    int lostResponses,
    boolean unresolved,
    int lostInARow,
    LostResponseException cause,
    Instant idleMark,
    Long newestRecord,
    boolean abortedByPhp,
    boolean undisturbed) {
  private static final int MAX_LOST_STEPS = 100; // with more the site gets no other series of calls
  public static final CallJournal NONE = of(null, 0, null);

  public static CallJournal of(String sending, int lost, Long newestRecord) {
    return new CallJournal(
        sending, null, lost, lost > 0, 0, null, null, newestRecord, false, false);
  }

  /** The store has accepted the note that this method, or none (null), is about to be sent. */
  public CallJournal withInFlight(String method, Instant when) {
    return with(method, when, newestRecord, undisturbed);
  }

  public CallJournal withNewestRecord(long record) {
    return with(inFlight, notedAt, record, undisturbed);
  }

  /** One more lost response; the reason is null where the site itself gave an error. */
  public CallJournal responseLost(LostResponseException reason) {
    boolean begun = reason == null || !reason.neverLeft();
    return new CallJournal(
        null,
        notedAt,
        lostResponses + (begun ? 1 : 0),
        true,
        lostInARow + 1,
        reason,
        idleMark,
        newestRecord,
        abortedByPhp,
        false);
  }

  /** The call that was noted has not left this process. */
  public CallJournal withheld(LostResponseException reason) {
    return new CallJournal(
        null,
        null,
        lostResponses,
        unresolved,
        lostInARow,
        reason,
        idleMark,
        newestRecord,
        abortedByPhp,
        undisturbed);
  }

  /**
   * The site was inspected: so many calls may have begun, and one more may be sent. Where the last
   * one completed without its response, the site works: it may have as many attempts again.
   */
  public CallJournal resolved(int mayHaveBegun, Instant mark, boolean completed) {
    int left = completed && mayHaveBegun < MAX_LOST_STEPS ? 0 : lostInARow;
    return new CallJournal(
        null, null, mayHaveBegun, false, left, null, mark, newestRecord, abortedByPhp, false);
  }

  public CallJournal responseReceived() {
    return of(null, 0, newestRecord);
  }

  /** PHP itself has broken startBackup off, and left no worker: one more may be sent. */
  public CallJournal startAborted() {
    return new CallJournal(
        null, null, lostResponses, false, lostInARow, null, null, newestRecord, true, false);
  }

  /** The site was inspected after the end: no other start has destroyed the backup. */
  public CallJournal confirmedUndisturbed() {
    return with(inFlight, notedAt, newestRecord, true);
  }

  private CallJournal with(String method, Instant when, Long newest, boolean confirmed) {
    return new CallJournal(
        method,
        when,
        lostResponses,
        unresolved,
        lostInARow,
        cause,
        idleMark,
        newest,
        abortedByPhp,
        confirmed);
  }

  /** Whether the last call was not sent at all. */
  public boolean neverLeft() {
    return cause != null && cause.neverLeft();
  }

  public boolean reached(SendState how) {
    return cause != null && cause.sendState() == how;
  }

  public Duration retryAfter() {
    return cause == null || cause.retryAfter() == null ? Duration.ZERO : cause.retryAfter();
  }
}
