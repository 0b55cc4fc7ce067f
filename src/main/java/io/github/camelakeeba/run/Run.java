package io.github.camelakeeba.run;

import java.time.Instant;

/**
 * One backup of one site. Immutable: beans replace it as a whole.
 *
 * @param id unique; {@code site@2026-11-22T02:30:00Z} for a schedule, {@code site-<UUID>} otherwise
 * @param request what was asked for
 * @param state queued, running, completed, warning, failed
 * @param backup what we know of the backup on the site
 * @param warnings of all steps
 * @param failure null unless failed
 * @param attempts startBackup calls; 0 before the first
 * @param recoveries answers that did not come and were made up for
 * @param queuedAt when the request was accepted
 * @param startedAt when the run was claimed, or null
 * @param endedAt when it ended, or null
 * @param owner the node that works on it, or null
 * @param claim raised by each claim; a write with an older one is refused
 */
public record Run(
    String id,
    BackupRequest request,
    RunState state,
    Backup backup,
    Warnings warnings,
    Failure failure,
    int attempts,
    int recoveries,
    Instant queuedAt,
    Instant startedAt,
    Instant endedAt,
    String owner,
    long claim) {

  /** The site's name. */
  public String site() {
    return request.site();
  }

  /** Whether the site wants another step. */
  public boolean running() {
    return state == RunState.RUNNING && backup.hasRun();
  }

  /** Milliseconds that the site asked us to wait before the next step, 0 to 60,000. */
  public long sleepTime() {
    return backup.sleepTime();
  }

  /** The same run with its description filled. */
  public Run described(String description) {
    return copy(
        request.described(description), state, backup, warnings, failure, attempts, endedAt);
  }

  /** The same run after a change on the site. */
  public Run with(Backup changed, Warnings gathered) {
    return copy(request, state, changed, gathered, failure, attempts, endedAt);
  }

  /** The same run with the reason of its failure; it is not ended yet. */
  public Run failed(Failure why) {
    return copy(request, state, backup, warnings, why, attempts, endedAt);
  }

  /** The same run, ended. */
  public Run ended(RunState end, Instant when) {
    return copy(request, end, backup, warnings, failure, attempts, when);
  }

  /** The same run before its next startBackup. */
  public Run attempted() {
    return copy(request, state, Backup.NONE, warnings, failure, attempts + 1, endedAt);
  }

  private Run copy(
      BackupRequest wish,
      RunState stands,
      Backup seen,
      Warnings gathered,
      Failure why,
      int attempt,
      Instant end) {
    return new Run(
        id,
        wish,
        stands,
        seen,
        gathered,
        why,
        attempt,
        recoveries,
        queuedAt,
        startedAt,
        end,
        owner,
        claim);
  }
}
