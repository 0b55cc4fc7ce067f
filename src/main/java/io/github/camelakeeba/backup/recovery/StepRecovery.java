package io.github.camelakeeba.backup.recovery;

import io.github.camelakeeba.akeeba.BackupInfo;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.ExportedProfile;
import io.github.camelakeeba.akeeba.LostResponseException.SendState;
import io.github.camelakeeba.akeeba.answer.LostStepTrust;
import io.github.camelakeeba.backup.recovery.RecoveryState.Verdict;
import io.github.camelakeeba.config.Durations;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.run.CallJournal;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.store.RecoverySettings;
import io.github.camelakeeba.run.store.RunDeadline;
import io.github.camelakeeba.run.store.RunRepository;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the record shows after a step's lost response: wait for a worker, then exactly one step. */
public final class StepRecovery {
  private static final Logger LOG = LoggerFactory.getLogger(StepRecovery.class);
  private static final Duration MARK_RESOLUTION = Duration.ofSeconds(1); // marks are whole seconds

  private final Map<String, Site> sites;
  private final RunRepository store;
  private final RunRetries retries;
  private final ForeignBackupDetector foreignBackups;
  private final RunDeadline maxDuration;
  private final RecoverySettings recovery;
  private final Timings timings;
  private final Clock clock;

  public StepRecovery(
      Map<String, Site> sites,
      RunRepository store,
      RunRetries retries,
      ForeignBackupDetector foreignBackups,
      RunDeadline maxDuration,
      RecoverySettings recovery,
      Timings timings,
      Clock clock) {
    this.sites = sites;
    this.store = store;
    this.retries = retries;
    this.foreignBackups = foreignBackups;
    this.maxDuration = maxDuration;
    this.recovery = recovery;
    this.timings = timings;
    this.clock = clock;
  }

  /** What became of the step, or still open; throws {@code timeout}. Last is null at first. */
  public RecoveryState judge(
      @Body Run run,
      @Variable("backup-recovery-state") RecoveryState last,
      @Variable("backup-info") BackupInfo info,
      @Variable("akeeba-date") Instant siteClock) {
    if (last == null) {
      return RecoveryState.first(run.journal(), recovery, clock.instant());
    }
    BackupRecord record = info.record();
    if (record == null || !record.running()) {
      boolean complete = record != null && record.complete();
      return last.next(complete ? Verdict.COMPLETE : Verdict.OVER, 0, null, false, record);
    }
    if (run.failure() != null) {
      return last.next(Verdict.OVER, 0, null, false, record);
    }
    maxDuration.checkTimeLeft(run, Duration.ZERO);
    Instant now = clock.instant();
    boolean movedNow = last.record() != null && !record.equals(last.record());
    Instant still = last.record() == null || movedNow ? now : last.unchangedSince();
    boolean moved = last.changed() || movedNow;
    boolean busy = record.inStep() && !isLeftBehind(run, record);
    Verdict verdict =
        busy
            ? judgeWorking(run, last, record, siteClock, still, moved)
            : judgeIdle(run, last, record, still);
    if (busy && verdict == Verdict.WAIT && last.record() == null) {
      store.note(
          run,
          "waiting",
          "The site is still at work on the step; waiting for it, up to %s without a sign of life"
              .formatted(Durations.format(sites.get(run.site()).deadAfter())));
    }
    long pause = busy ? recovery.pauseAfter(last.polls()) : settle(last, still, now);
    return last.next(verdict, pause, still, moved, record);
  }

  /** Two signs at once: no mark for longer than any step takes, and no file that grows. */
  private Verdict judgeWorking(
      Run run,
      RecoveryState last,
      BackupRecord record,
      Instant siteClock,
      Instant still,
      boolean moved) {
    Duration deadAfter = sites.get(run.site()).deadAfter();
    Duration watched = Duration.between(still, clock.instant());
    Duration least = timings.minWatchTime();
    Duration watch = moved || deadAfter.compareTo(least) < 0 ? deadAfter : least;
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

  /** A call that may have arrived may begin late: the site must be seen idle for a while. */
  private Verdict judgeIdle(Run run, RecoveryState last, BackupRecord record, Instant still) {
    CallJournal journal = run.journal();
    boolean never = journal.neverLeft() || journal.reached(SendState.REJECTED);
    if (journal.lostResponses() == 0 || never && !record.inStep()) {
      return Verdict.UNTOUCHED;
    }
    boolean settled =
        last.settleTime() != null && !clock.instant().isBefore(still.plus(last.settleTime()));
    return settled ? Verdict.IDLE : Verdict.WAIT;
  }

  /** What shows a worker inside was there when the last call was sent: it is dead. */
  private static boolean isLeftBehind(Run run, BackupRecord record) {
    return record.end() != null && record.end().equals(run.journal().idleMark());
  }

  /**
   * How many of the lost calls may have begun. A step that begins leaves a mark in the record: none
   * since the last answer that came, and no lost call has begun; none since the site was seen idle
   * after that, and the last one has not, nor has it when a gateway says that it turned it away.
   */
  private static int mayHaveBegun(Run run, BackupRecord record, Instant siteClock) {
    CallJournal journal = run.journal();
    if (journal.lostResponses() == 0 || record.inStep() && !isLeftBehind(run, record)) {
      return journal.lostResponses();
    }
    if (isOlderThanAnswer(run, record, siteClock)) {
      return 0;
    }
    boolean lastNever =
        journal.reached(SendState.REJECTED)
            || isLeftBehind(run, record) && !journal.neverLeft(); // which was not counted
    return lastNever ? journal.lostResponses() - 1 : journal.lostResponses();
  }

  /** By the site's clocks, cut to whole seconds: a step may begin in the second of the answer. */
  private static boolean isOlderThanAnswer(Run run, BackupRecord record, Instant siteClock) {
    return record.end() != null
        && clockHolds(run, siteClock)
        && record.end().isBefore(run.backup().answeredAt());
  }

  /** Whether the site's clocks agree, as far as we know, and were not set back since the answer. */
  private static boolean clockHolds(Run run, Instant siteClock) {
    Instant answered = run.backup().answeredAt();
    return answered != null && siteClock != null && !siteClock.isBefore(answered);
  }

  private long settle(RecoveryState last, Instant still, Instant now) {
    Duration settle = last.settleTime() == null ? Duration.ZERO : last.settleTime();
    return Math.max(0, Duration.between(now, still.plus(settle)).toMillis()) + 1;
  }

  /** How long the site must be seen idle, by its profile, or the reason why that is not known. */
  public RecoveryState withSettleTime(
      @Variable("backup-run") Run run,
      @Variable("backup-recovery-state") RecoveryState last,
      @Variable("backup-profile") Object profile) {
    // the run's own override counts whatever the site says of its profile
    return last.withSettleTime(
        ExportedProfile.minStepTime(run.request().overrides().get("akeeba.tuning.min_exec_time"))
            .or(() -> ofProfile(profile))
            .map(least -> least.plus(recovery.pause()))
            .orElse(timings.settleTime()));
  }

  private Optional<Duration> ofProfile(Object profile) {
    return profile instanceof ExportedProfile exported
        ? Optional.of(exported.minStepTime().orElse(timings.settleTime()))
        : Optional.empty();
  }

  /**
   * How the run continues after the last poll: with one step, or to be verified. Throws why it is
   * over otherwise.
   *
   * @param records the site's, where its record is over or it gave an error
   */
  public Run decide(
      @Body Run recovered,
      @Variable("backup-recovery-state") RecoveryState last,
      @Variable("backup-records") List<BackupRecord> records,
      @Variable("akeeba-date") Instant siteClock) {
    boolean ended = last.over() || recovered.failure() != null;
    Run run = ended ? foreignBackups.checkEnded(recovered, last, records) : recovered;
    store.note(run, "asked-site", "Asked the site: " + finding(last.verdict()));
    if (last.verdict() == Verdict.COMPLETE) {
      return complete(run);
    }
    BackupRecord record = last.record();
    int begun = mayHaveBegun(run, record, siteClock);
    boolean distinct =
        isOlderThanAnswer(run, record, siteClock)
            || !clock.instant().isBefore(last.unchangedSince().plus(MARK_RESOLUTION));
    LOG.info(
        "the site shows: {}; of {} calls without response {} may have begun; sending one step",
        last.verdict(),
        run.journal().lostResponses(),
        begun);
    boolean went =
        last.verdict() == Verdict.IDLE
            && run.journal().idleMark() != null
            && !isLeftBehind(run, record);
    return run.with(run.journal().resolved(begun, distinct ? record.end() : null, went));
  }

  private static String finding(Verdict verdict) {
    return switch (verdict) {
      case COMPLETE -> "the backup is complete, only its last answer was lost";
      case UNTOUCHED -> "the call has not begun there; the backup goes on";
      case DEAD -> "its worker gave no sign of life for too long; the backup goes on with one step";
      default -> "nobody is at work; the backup goes on with one step";
    };
  }

  /** Of several lost steps it is not known whether one was cut off and repeated by the next. */
  private Run complete(Run run) {
    int lost = run.journal().lostResponses();
    if (lost > 1 && !LostStepTrust.trusted(run.backup().domain(), 1)) {
      return retries.retryUntrusted(run.failed(null));
    }
    Run ended = run.with(run.backup().ended(), run.warnings()).failed(null);
    return LostResponseHandler.withLostResponses(run, ended, lost)
        .with(run.journal().responseReceived());
  }
}
