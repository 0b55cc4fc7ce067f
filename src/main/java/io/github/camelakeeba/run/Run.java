package io.github.camelakeeba.run;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.akeeba.CallDelay;
import io.github.camelakeeba.akeeba.OperationInput;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One backup of one site. Immutable: beans replace it as a whole.
 *
 * @param id unique; {@code site@2026-11-22T02:30:00Z} for a schedule, {@code site-<UUID>} otherwise
 * @param attempts startBackup calls; 0 before the first
 * @param recoveries lost responses of startBackup and stepBackup
 * @param queuedAt when the request was accepted
 * @param startedAt when the run was first claimed, or null
 * @param endedAt or null
 * @param owner the node that has claimed it, or null
 * @param claim raised by each claim; a write with an older one is refused
 */
@Internal
public record Run(
    String id,
    BackupRequest request,
    RunState state,
    BackupProgress backup,
    CallJournal journal,
    RunWarnings warnings,
    RunFailure failure,
    int attempts,
    int recoveries,
    RetryCounts retries,
    Instant queuedAt,
    Instant startedAt,
    Instant endedAt,
    String owner,
    long claim)
    implements CallDelay, OperationInput {

  /** A run that has just been accepted by a node; nothing was done for it yet. */
  public static Run queued(String id, BackupRequest request, Instant now, String owner) {
    return new Run(
        id,
        request,
        RunState.QUEUED,
        BackupProgress.of(request.taken()),
        CallJournal.NONE,
        RunWarnings.NONE,
        null,
        0,
        0,
        RetryCounts.NONE,
        now,
        null,
        null,
        owner,
        0);
  }

  /** By its id alone: Camel asks for it at each {@code ${body.…}}. */
  @Override
  public int hashCode() {
    return id.hashCode();
  }

  public boolean sameClaim(Run other) {
    return id.equals(other.id) && claim == other.claim && Objects.equals(owner, other.owner);
  }

  public String site() {
    return request.site();
  }

  @Override
  public String siteName() {
    return site();
  }

  @Override
  public long recordId() {
    return backup.recordId() == null ? 0 : backup.recordId();
  }

  @Override
  public int profileId() {
    return request.profile();
  }

  /** Whether another client took the backup: nothing is ever started or stepped for this run. */
  public boolean taken() {
    return request.taken() != null;
  }

  public RunPhase phase() {
    if (taken()) {
      return journal.undisturbed() ? RunPhase.VERIFY : RunPhase.CHECK_OTHER_BACKUPS;
    }
    if (backup.backupid() == null) {
      return journal.unresolved() ? RunPhase.RECOVER_START : RunPhase.START;
    }
    if (!backup.hasRun()) {
      return journal.undisturbed() ? RunPhase.VERIFY : RunPhase.CHECK_OTHER_BACKUPS;
    }
    return journal.unresolved() ? RunPhase.RECOVER_STEP : RunPhase.STEP;
  }

  /** Whether something is to be done on the site before the archive can be verified. */
  public boolean running() {
    return state == RunState.RUNNING && phase() != RunPhase.VERIFY;
  }

  /** Milliseconds that the site wants between two steps, 0 to 60,000. */
  @Override
  public long pause() {
    return backup.sleepTime();
  }

  public Run withDescription(String description) {
    return copy(request.withDescription(description), state, failure, startedAt, endedAt);
  }

  public Run with(BackupProgress changed, RunWarnings all) {
    return copy(changed, journal, all, attempts, recoveries, retries);
  }

  public Run warned(String text) {
    return with(backup, warnings.plus(List.of(text)));
  }

  public Run with(CallJournal changed) {
    return copy(backup, changed, warnings, attempts, recoveries, retries);
  }

  /** The same run with the reason of its failure, or none (null); it is not ended yet. */
  public Run failed(RunFailure why) {
    return copy(request, state, why, startedAt, endedAt);
  }

  public Run ended(RunState end, Instant when) {
    return copy(request, end, failure, startedAt, when);
  }

  public Run withTimes(Instant start, Instant end) {
    return copy(request, state, failure, start, end);
  }

  public Run nextStart() {
    return copy(BackupProgress.NONE, journal, warnings, attempts + 1, recoveries, retries);
  }

  /** The same run where the startBackup that was noted has not been sent. */
  public Run startWithheld() {
    return copy(backup, journal, warnings, attempts - 1, recoveries, retries);
  }

  public Run withRecovery() {
    return copy(backup, journal, warnings, attempts, recoveries + 1, retries);
  }

  /** The same run before a new attempt, since the backup of this one can't be trusted. */
  public Run restarted() {
    return failed(null)
        .copy(
            BackupProgress.NONE,
            CallJournal.NONE,
            RunWarnings.NONE,
            attempts,
            recoveries,
            retries.untrustedAgain());
  }

  /** The same run before a further attempt, since the site could not be reached. */
  public Run retried() {
    return copy(backup, journal, warnings, attempts, recoveries, retries.unreachableAgain());
  }

  private Run copy(
      BackupRequest request,
      RunState state,
      RunFailure failure,
      Instant startedAt,
      Instant endedAt) {
    return new Run(
        id,
        request,
        state,
        backup,
        journal,
        warnings,
        failure,
        attempts,
        recoveries,
        retries,
        queuedAt,
        startedAt,
        endedAt,
        owner,
        claim);
  }

  private Run copy(
      BackupProgress backup,
      CallJournal journal,
      RunWarnings warnings,
      int attempts,
      int recoveries,
      RetryCounts retries) {
    return new Run(
        id,
        request,
        state,
        backup,
        journal,
        warnings,
        failure,
        attempts,
        recoveries,
        retries,
        queuedAt,
        startedAt,
        endedAt,
        owner,
        claim);
  }
}
