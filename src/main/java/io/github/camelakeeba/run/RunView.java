package io.github.camelakeeba.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.camelakeeba.Internal;
import io.github.camelakeeba.event.Event;
import java.time.Instant;

/**
 * A run as the API and the command line show it. Instants are ISO 8601 in UTC; progress is percent;
 * dueAt is when a queued one begins or continues, at the earliest; requestedBy is null of a run
 * that an earlier version accepted.
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@Internal
public record RunView(
    String id,
    String requestId,
    String site,
    String state,
    String trigger,
    String requestedBy,
    int profile,
    String description,
    String backupid,
    Long recordId,
    int step,
    String stepText,
    String domain,
    int progress,
    int attempts,
    Instant queuedAt,
    Instant dueAt,
    Instant startedAt,
    Instant endedAt,
    Event outcome) {

  /** The view of a run; the outcome is null until it has ended. */
  public static RunView of(Run run, Event outcome) {
    BackupProgress backup = run.backup();
    return new RunView(
        run.id(),
        run.request().id(),
        run.site(),
        run.state().word(),
        run.request().trigger(),
        run.request().requestedBy(),
        run.request().profile(),
        run.request().description(),
        backup.backupid(),
        backup.recordId(),
        backup.steps(),
        backup.step(),
        backup.domain(),
        backup.progress(),
        run.attempts(),
        run.queuedAt(),
        run.state() == RunState.QUEUED ? run.request().dueAt() : null,
        run.startedAt(),
        run.endedAt(),
        outcome);
  }

  /** Whether it waits for another client's backup to end; stepText says whose, and until when. */
  public boolean waits() {
    return state.equals(RunState.RUNNING.word()) && domain.equals(BackupProgress.WAITING);
  }

  public boolean open() {
    return outcome == null;
  }
}
