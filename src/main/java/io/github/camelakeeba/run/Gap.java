package io.github.camelakeeba.run;

import io.github.camelakeeba.akeeba.LostAnswerException;
import io.github.camelakeeba.akeeba.LostAnswerException.Reached;
import java.time.Duration;
import java.time.Instant;

/**
 * What is not known of the calls of a run: whether one is in flight, and which answers never came.
 *
 * @param sending the API method that is noted as about to be sent, or null
 * @param notedAt when the store took the last such note, or null; not kept
 * @param lost calls since the last answer that may have begun on the site and whose answers never
 *     came
 * @param open whether the site must be looked at before anything is sent to it
 * @param tries calls in a row without an answer, also those that never left; not kept
 * @param why the last of them gave no answer, or null; not kept
 * @param idleMark the last mark in the record when the site was last found idle, where a later one
 *     must differ, or null; not kept
 * @param newestRecord the highest record number on the site before startBackup, or null
 * @param brokenOff whether PHP itself has broken the last startBackup off; not kept
 * @param undisturbed whether it is known that no other start has destroyed the backup; not kept
 */
public record Gap(
    String sending,
    Instant notedAt,
    int lost,
    boolean open,
    int tries,
    LostAnswerException why,
    Instant idleMark,
    Long newestRecord,
    boolean brokenOff,
    boolean undisturbed) {
  /** After so many calls in a row without an answer it does not matter that they went through. */
  private static final int MOST_UNHEARD = 100;

  /** Nothing was sent yet. */
  public static final Gap NONE = new Gap(null, null, 0, false, 0, null, null, null, false, false);

  /** As its row says. */
  static Gap of(String sending, int lost, Long newestRecord) {
    return new Gap(sending, null, lost, lost > 0, 0, null, null, newestRecord, false, false);
  }

  /** The store has taken the note that this method, or none (null), is about to be sent. */
  public Gap noted(String method, Instant when) {
    return new Gap(
        method, when, lost, open, tries, why, idleMark, newestRecord, brokenOff, undisturbed);
  }

  /** The highest record number is known. */
  public Gap after(long record) {
    return new Gap(
        sending, notedAt, lost, open, tries, why, idleMark, record, brokenOff, undisturbed);
  }

  /** One more call without an answer; the reason is null where the site itself gave an error. */
  public Gap missed(LostAnswerException reason) {
    boolean begun = reason == null || reason.reached() != Reached.NOT_SENT;
    return new Gap(
        null,
        notedAt,
        lost + (begun ? 1 : 0),
        true,
        tries + 1,
        reason,
        idleMark,
        newestRecord,
        brokenOff,
        false);
  }

  /**
   * The site was looked at: so many calls may have begun, and one more may be sent. Where the last
   * one went through, only unheard, the site is at work: it may have as many tries again.
   */
  public Gap looked(int mayHaveBegun, Instant mark, boolean wentThrough) {
    int left = wentThrough && mayHaveBegun < MOST_UNHEARD ? 0 : tries;
    return new Gap(
        null, null, mayHaveBegun, false, left, null, mark, newestRecord, brokenOff, false);
  }

  /** An answer came. */
  public Gap closed() {
    return new Gap(null, null, 0, false, 0, null, null, newestRecord, false, false);
  }

  /** PHP itself has broken startBackup off, and left no worker: one more may be sent. */
  public Gap broken() {
    return new Gap(null, null, lost, false, tries, null, null, newestRecord, true, false);
  }

  /** The site was looked at after the end: no other start has destroyed the backup. */
  public Gap lookedBack() {
    return new Gap(
        sending, notedAt, lost, open, tries, why, idleMark, newestRecord, brokenOff, true);
  }

  /** Whether the last call did come so far: the site, a gateway, or not even that. */
  public boolean reached(Reached how) {
    return why != null && why.reached() == how;
  }

  /** How long the site wants to be left alone now. */
  public Duration rest() {
    return why == null || why.retryAfter() == null ? Duration.ZERO : why.retryAfter();
  }
}
