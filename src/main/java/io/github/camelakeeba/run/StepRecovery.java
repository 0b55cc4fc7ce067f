package io.github.camelakeeba.run;

import io.github.camelakeeba.akeeba.BackupInfo;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.ExportedProfile;
import io.github.camelakeeba.akeeba.LostAnswerException.Reached;
import io.github.camelakeeba.akeeba.LostSteps;
import io.github.camelakeeba.akeeba.Tuning;
import io.github.camelakeeba.run.Sight.Verdict;
import io.github.camelakeeba.site.Site;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges what the site's record shows after the answer of a step did not come (protocol page,
 * section 6): wait while a worker may be inside, then exactly one step.
 */
public final class StepRecovery {
  private static final Logger LOG = LoggerFactory.getLogger(StepRecovery.class);

  /** Where the site does not tell how long its workers sleep before they save (protocol 6). */
  private static final Duration SETTLE = Duration.ofSeconds(10);

  /** A worker is not called dead before its files were seen unmoved for so long. */
  private static final Duration LEAST_WATCH = Duration.ofMinutes(1);

  /** Marks are cut to whole seconds: one that is older differs from any that comes. */
  private static final Duration ONE_MARK = Duration.ofSeconds(1);

  private final Map<String, Site> sites;
  private final RunRetries retries;
  private final MaxDuration maxDuration;
  private final Recovery recovery;
  private final Clock clock;

  /** The sites by name. */
  public StepRecovery(
      Map<String, Site> sites,
      RunRetries retries,
      MaxDuration maxDuration,
      Recovery recovery,
      Clock clock) {
    this.sites = sites;
    this.retries = retries;
    this.maxDuration = maxDuration;
    this.recovery = recovery;
    this.clock = clock;
  }

  /**
   * Before the first look: at once, unless the site wants to be left alone, or gave no answer more
   * than once. Throws the reason of the last call after {@value Recovery#MOST_TRIES} in a row.
   */
  public Sight first(@Body Run run) {
    Gap gap = run.gap();
    if (gap.tries() >= Recovery.MOST_TRIES && gap.why() != null) {
      throw gap.why();
    }
    long pause = gap.tries() > 1 ? recovery.pauseAfter(gap.tries() - 1) : 0;
    return new Sight(
        Verdict.WAIT,
        Math.max(gap.rest().toMillis(), pause),
        0,
        clock.instant(),
        null,
        false,
        null,
        null);
  }

  /** After a look. Throws {@code timeout} when the run has no time left. */
  public Sight judge(
      @Body Run run,
      @Variable("backup-sight") Sight sight,
      @Variable("backup-info") BackupInfo info,
      @Variable("akeeba-date") Instant siteClock) {
    BackupRecord record = info.record();
    if (record == null || !record.running()) {
      boolean complete = record != null && record.complete();
      return sight.next(complete ? Verdict.COMPLETE : Verdict.OVER, 0, null, false, record);
    }
    if (run.failure() != null) {
      return sight.next(Verdict.OVER, 0, null, false, record);
    }
    maxDuration.check(run, Duration.ZERO);
    Instant now = clock.instant();
    boolean movedNow = sight.record() != null && !record.equals(sight.record());
    Instant still = sight.record() == null || movedNow ? now : sight.unmoved();
    boolean moved = sight.moved() || movedNow;
    boolean busy = record.inStep() && !left(run, record);
    Verdict verdict =
        busy
            ? inside(run, sight, record, siteClock, still, moved)
            : idle(run, sight, record, still);
    long pause = busy ? recovery.pauseAfter(sight.looks()) : settle(sight, still, now);
    return sight.next(verdict, pause, still, moved, record);
  }

  /** Two signs at once: no mark for longer than any step takes, and no file that grows. */
  private Verdict inside(
      Run run, Sight sight, BackupRecord record, Instant siteClock, Instant still, boolean moved) {
    Duration deadAfter = sites.get(run.site()).deadAfter();
    Duration watched = Duration.between(still, clock.instant());
    Duration watch = moved || deadAfter.compareTo(LEAST_WATCH) < 0 ? deadAfter : LEAST_WATCH;
    Duration unmarked = watched;
    if (clockHolds(run, siteClock) && record.end() != null) {
      unmarked = Duration.between(record.end(), siteClock);
    }
    if (unmarked.isNegative()) { // the site's clock was set back
      unmarked = watched;
    }
    boolean dead = watched.compareTo(watch) >= 0 && unmarked.compareTo(deadAfter) >= 0;
    return dead ? Verdict.DEAD : Verdict.WAIT;
  }

  /**
   * A call of which nobody knows whether it arrived may begin late: the site must be seen idle for
   * a while (protocol 6, rule 3).
   */
  private Verdict idle(Run run, Sight sight, BackupRecord record, Instant still) {
    Gap gap = run.gap();
    boolean never = gap.reached(Reached.NOT_SENT) || gap.reached(Reached.TURNED_AWAY);
    if (gap.lost() == 0 || never && !record.inStep()) {
      return Verdict.UNTOUCHED;
    }
    boolean settled =
        sight.settle() != null && !clock.instant().isBefore(still.plus(sight.settle()));
    return settled ? Verdict.IDLE : Verdict.WAIT;
  }

  /** What shows a worker inside was there when the last call was sent: it is dead. */
  private static boolean left(Run run, BackupRecord record) {
    return record.end() != null && record.end().equals(run.gap().idleMark());
  }

  /**
   * How many of the lost calls may have begun. A step that begins leaves a mark in the record: none
   * since the last answer that came, and no lost call has begun; none since the site was seen idle
   * after that, and the last one has not, nor has it when a gateway says that it turned it away.
   */
  private static int mayHaveBegun(Run run, BackupRecord record, Instant siteClock) {
    Gap gap = run.gap();
    if (gap.lost() == 0 || record.inStep() && !left(run, record)) {
      return gap.lost();
    }
    if (olderThanTheAnswer(run, record, siteClock)) {
      return 0;
    }
    boolean lastNever =
        gap.reached(Reached.TURNED_AWAY)
            || left(run, record) && !gap.reached(Reached.NOT_SENT); // which was not counted
    return lastNever ? gap.lost() - 1 : gap.lost();
  }

  /** By the site's clocks, cut to whole seconds: a step may begin in the second of the answer. */
  private static boolean olderThanTheAnswer(Run run, BackupRecord record, Instant siteClock) {
    return record.end() != null
        && clockHolds(run, siteClock)
        && record.end().isBefore(run.backup().answeredAt());
  }

  /** Whether the site's clocks agree, as far as we know, and were not set back since the answer. */
  private static boolean clockHolds(Run run, Instant siteClock) {
    Instant answered = run.backup().answeredAt();
    return answered != null && siteClock != null && !siteClock.isBefore(answered);
  }

  private long settle(Sight sight, Instant still, Instant now) {
    Duration settle = sight.settle() == null ? Duration.ZERO : sight.settle();
    return Math.max(0, Duration.between(now, still.plus(settle)).toMillis()) + 1;
  }

  /**
   * How long the site must be seen idle: the least time of a step, and a moment to save.
   *
   * @param profile the run's, or why the site does not give it
   */
  public Sight settling(
      @Body Run run,
      @Variable("backup-sight") Sight sight,
      @Variable("backup-profile") Object profile) {
    if (!(profile instanceof ExportedProfile exported)) {
      return sight.settling(SETTLE);
    }
    Duration least =
        Tuning.leastStepTime(run.request().overrides().get("akeeba.tuning.min_exec_time"))
            .or(() -> Tuning.leastStepTime(exported))
            .orElse(SETTLE);
    return sight.settling(least.plus(recovery.pause()));
  }

  /** How the run goes on after the last look: with one step, or to be verified. */
  public Run decide(
      @Body Run run,
      @Variable("backup-sight") Sight sight,
      @Variable("akeeba-date") Instant siteClock) {
    if (sight.verdict() == Verdict.COMPLETE) {
      return complete(run);
    }
    BackupRecord record = sight.record();
    int begun = mayHaveBegun(run, record, siteClock);
    boolean distinct =
        olderThanTheAnswer(run, record, siteClock)
            || !clock.instant().isBefore(sight.unmoved().plus(ONE_MARK));
    LOG.info(
        "the site shows: {}; of {} calls unheard {} may have begun; sending one step",
        sight.verdict(),
        run.gap().lost(),
        begun);
    boolean went =
        sight.verdict() == Verdict.IDLE && run.gap().idleMark() != null && !left(run, record);
    return run.with(run.gap().looked(begun, distinct ? record.end() : null, went));
  }

  /**
   * The lost step was the last one. Of several lost ones nobody knows whether one was cut off and
   * repeated by the next.
   */
  private Run complete(Run run) {
    int lost = run.gap().lost();
    if (lost > 1 && !LostSteps.trusted(run.backup().domain(), 1)) {
      return retries.untrusted(run.failed(null));
    }
    Run ended = run.with(run.backup().ended(), run.warnings()).failed(null);
    return LostAnswers.unheard(run, ended, lost).with(run.gap().closed());
  }
}
