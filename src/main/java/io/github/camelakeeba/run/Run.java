package io.github.camelakeeba.run;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.akeeba.CallDelay;
import io.github.camelakeeba.akeeba.OperationInput;
import java.time.Instant;
import java.util.Objects;

/**
 * One backup of one site. Immutable: beans replace it as a whole.
 *
 * @param id unique; {@code site@2026-11-22T02:30:00Z} for a schedule, {@code site-<UUID>} otherwise
 * @param request what was asked for
 * @param state queued, running, completed, warning, failed
 * @param backup what we know of the backup on the site
 * @param journal what we do not know of it
 * @param warnings of all steps
 * @param failure null unless failed
 * @param attempts startBackup calls; 0 before the first
 * @param recoveries answers of startBackup and stepBackup that did not come
 * @param retries further attempts so far
 * @param queuedAt when the request was accepted
 * @param startedAt when the run was first claimed, or null
 * @param endedAt when it ended, or null
 * @param owner the node that works on it, or null
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

  /** Whether the other is this run of the same claim: nobody else has taken it since. */
  public boolean sameClaim(Run other) {
    return id.equals(other.id) && claim == other.claim && Objects.equals(owner, other.owner);
  }

  /** The site's name. */
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

  /** What the run does next. */
  public RunPhase phase() {
    if (backup.backupid() == null) {
      return journal.unresolved() ? RunPhase.RECOVER_START : RunPhase.START;
    }
    if (!backup.hasRun()) {
      return journal.undisturbed() ? RunPhase.VERIFY : RunPhase.CHECK_OTHER_BACKUPS;
    }
    return journal.unresolved() ? RunPhase.RECOVER_STEP : RunPhase.STEP;
  }

  /** Whether there is something to do on the site until the archive can be looked at. */
  public boolean running() {
    return state == RunState.RUNNING && phase() != RunPhase.VERIFY;
  }

  /** Milliseconds that the site asked us to wait before the next step, 0 to 60,000. */
  public long sleepTime() {
    return backup.sleepTime();
  }

  /** The wait before its next step, the same. */
  @Override
  public long pause() {
    return sleepTime();
  }

  /** The same run with its description filled. */
  public Run withDescription(String description) {
    return copy(
        request.withDescription(description), state, backup, journal, warnings, failure, endedAt);
  }

  /** The same run after a change on the site. */
  public Run with(BackupProgress changed, RunWarnings gathered) {
    return copy(request, state, changed, journal, gathered, failure, endedAt);
  }

  /** The same run, knowing more or less of its calls. */
  public Run with(CallJournal changed) {
    return copy(request, state, backup, changed, warnings, failure, endedAt);
  }

  /** The same run with the reason of its failure, or none (null); it is not ended yet. */
  public Run failed(RunFailure why) {
    return copy(request, state, backup, journal, warnings, why, endedAt);
  }

  /** The same run, ended. */
  public Run ended(RunState end, Instant when) {
    return copy(request, end, backup, journal, warnings, failure, when);
  }

  /** The same run with its times by another clock. */
  public Run withTimes(Instant start, Instant end) {
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
        start,
        end,
        owner,
        claim);
  }

  /** The same run before its next startBackup. */
  public Run nextStart() {
    return withCounts(BackupProgress.NONE, journal, warnings, attempts + 1, recoveries, retries);
  }

  /** The same run with one more answer that did not come. */
  public Run withRecovery() {
    return withCounts(backup, journal, warnings, attempts, recoveries + 1, retries);
  }

  /** The same run before a new attempt, since what the site has of this one can't be trusted. */
  public Run restarted() {
    return failed(null)
        .withCounts(
            BackupProgress.NONE,
            CallJournal.NONE,
            RunWarnings.NONE,
            attempts,
            recoveries,
            retries.untrustedAgain());
  }

  /** The same run before a further attempt, since the site could not be reached. */
  public Run retried() {
    return withCounts(backup, journal, warnings, attempts, recoveries, retries.unreachableAgain());
  }

  private Run withCounts(
      BackupProgress seen,
      CallJournal unknown,
      RunWarnings gathered,
      int attempt,
      int recovered,
      RetryCounts again) {
    return new Run(
        id, request, state, seen, unknown, gathered, failure, attempt, recovered, again, queuedAt,
        startedAt, endedAt, owner, claim);
  }

  private Run copy(
      BackupRequest wish,
      RunState stands,
      BackupProgress seen,
      CallJournal unknown,
      RunWarnings gathered,
      RunFailure why,
      Instant end) {
    return new Run(
        id,
        wish,
        stands,
        seen,
        unknown,
        gathered,
        why,
        attempts,
        recoveries,
        retries,
        queuedAt,
        startedAt,
        end,
        owner,
        claim);
  }
}
