package io.github.camelakeeba.inspection;

import io.github.camelakeeba.event.Event;

/**
 * What our runs have found out about a backup on a site.
 *
 * @param verdict of the newest run
 * @param runs that have had to do with it
 * @param failure why it is not good; null: it is, or nothing is known
 */
record Judgement(Verdict verdict, int runs, Event.Error failure) {
  static final Judgement NONE = new Judgement(Verdict.UNKNOWN, 0, null);

  enum Verdict {
    UNKNOWN,
    /** Nothing is to be done: a run of it has not ended, or a user has stopped it. */
    LEFT,
    GOOD,
    BAD,
    /** Its run failed for a reason that says nothing about the backup. */
    UNDECIDED
  }
}
