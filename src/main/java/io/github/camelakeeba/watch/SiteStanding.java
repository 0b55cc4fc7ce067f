package io.github.camelakeeba.watch;

import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.pause.SitePause;
import io.github.camelakeeba.run.store.SiteHealthStore.EndedRun;
import io.github.camelakeeba.run.store.SiteHealthStore.KnownSite;
import io.github.camelakeeba.run.store.SiteHealthStore.SiteProof;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A site and what the store has said of it.
 *
 * @param known null: nothing has happened yet
 * @param dueAt by when the next good backup must have ended; null: it need not
 * @param reported whether that has passed, and a message was sent of it
 * @param open whether a run of it is queued or running
 * @param pauses those of the last days, and the one that lasts
 */
record SiteStanding(
    Site site,
    KnownSite known,
    Instant dueAt,
    boolean reported,
    boolean open,
    List<SitePause> pauses) {
  SiteHealth health() {
    return known == null ? null : known.health();
  }

  /** When the last good backup had ended; null: there is none, or it is gone. */
  Instant lastGood() {
    return known == null || known.health().goneAt() != null ? null : known.health().lastGoodAt();
  }

  /** How its restore tests stand; null: there are none. */
  SiteProof proof() {
    return known == null ? null : known.proof();
  }

  /** Whether a restore did not prove its backup, or none has for too long. */
  boolean notProved() {
    SiteProof proof = proof();
    return proof != null && proof.doubtful();
  }

  /** What they say; null: there are none. */
  ProofState proofState() {
    return ProofState.of(proof());
  }

  int failures() {
    return known == null ? 0 : known.health().failures();
  }

  EndedRun newest() {
    return known == null ? null : known.newest();
  }

  /** Of which anything is known; null: none. */
  LocalDate firstDay() {
    return known == null ? null : known.firstDay();
  }

  Long size() {
    return known == null ? null : known.health().lastGoodSize();
  }

  Long durationMillis() {
    return known == null ? null : known.goodMillis();
  }

  boolean overdue(Instant now) {
    return reported || dueAt != null && !dueAt.isAfter(now);
  }

  SitePause pause(Instant now) {
    return pauses.stream().filter(one -> one.lastsAt(now)).findFirst().orElse(null);
  }

  /** The next fire of its schedule that no pause skips; null: none. */
  Instant nextFire(ScheduleCalculator schedules, Instant now) {
    SitePause pause = pause(now);
    if (pause == null) {
      return schedules.next(site, now);
    }
    return pause.until() == null
        ? null
        : schedules.next(site, pause.until().minusMillis(1), 1).stream().findFirst().orElse(null);
  }

  boolean paused(Instant now) {
    return !pauses.isEmpty() && pause(now) != null;
  }

  SiteState state(Instant now) {
    if (paused(now)) {
      return SiteState.PAUSED;
    }
    if (overdue(now)) {
      return SiteState.MISSED;
    }
    if (failures() > 0) {
      return SiteState.FAILED;
    }
    EndedRun newest = newest();
    if (newest != null && newest.state().equals("warning")) {
      return SiteState.WARNING;
    }
    if (open) {
      return SiteState.RUNNING;
    }
    return newest == null && lastGood() == null ? SiteState.NEVER : SiteState.COMPLETED;
  }

  SiteStanding with(boolean isOpen) {
    return isOpen == open ? this : new SiteStanding(site, known, dueAt, reported, isOpen, pauses);
  }
}
