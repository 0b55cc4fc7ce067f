package io.github.camelakeeba.backup.recovery;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunFailure;
import io.github.camelakeeba.run.store.RunRepository;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * What else the site has begun since our backup: another client's, which ended ours, or a phantom,
 * which WordPress begins when it is asked for a step of a backup that it has forgotten (measured).
 */
public final class ForeignBackupDetector {
  private final RunRepository store;
  private final RunRetries retries;

  /** The phantoms that were found are noted in the store: they are no other client's backups. */
  public ForeignBackupDetector(RunRepository store, RunRetries retries) {
    this.store = store;
    this.retries = retries;
  }

  /** The search after one more page of the site's list; last is null before the first. */
  public ForeignBackupSearch nextPage(
      @Body Run run,
      @Variable("backup-foreign-search") ForeignBackupSearch last,
      @Variable("backup-records") List<BackupRecord> page) {
    return last == null
        ? new ForeignBackupSearch(run.site(), run.backup().recordId(), true, 0, null, List.of())
        : last.withPage(page);
  }

  /**
   * The run whose backup no other start has destroyed, or the run before a new attempt. A start
   * before our end destroys ours, whatever its archive looks like (measured); its own record may
   * say {@code complete} all the same. Throws {@code restarted-on-server} when no attempt is left.
   */
  public Run checkDestroyed(
      @Body Run run, @Variable("backup-foreign-search") ForeignBackupSearch search) {
    return search
        .destroyer()
        .map(other -> retries.retryDestroyed(run, describeDestruction(run, other)))
        .orElseGet(() -> run.with(run.journal().confirmedUndisturbed()));
  }

  private static String describeDestruction(Run run, BackupRecord other) {
    return "Another backup was started on the site before %s had ended, which destroys %s (record %s, origin %s, begun %s). Do not rely on record %s, whatever it says."
        .formatted(
            run.taken() ? "this one" : "ours",
            run.taken() ? "it" : "ours",
            other.id(),
            origin(other),
            other.startText(),
            run.backup().recordId());
  }

  private static String origin(BackupRecord other) {
    return other.origin().isEmpty() ? "unknown" : other.origin();
  }

  /** The run if its backup is complete all the same, warned of phantoms; throws why it is over. */
  Run checkEnded(Run run, RecoveryState last, List<BackupRecord> records) {
    List<BackupRecord> newer =
        records.stream().filter(record -> record.id() > run.backup().recordId()).toList();
    List<BackupRecord> phantoms = newer.stream().filter(BackupRecord::phantom).toList();
    phantoms.forEach(phantom -> store.recordOwnBackup(run, "", phantom.id()));
    String tail = phantoms.isEmpty() ? "" : " " + describePhantoms(phantoms);
    if (!last.over()) {
      return phantoms.isEmpty() ? run : run.warned(tail.strip());
    }
    Optional<BackupRecord> start =
        newer.stream().filter(record -> !phantoms.contains(record)).findFirst();
    RunFailure why =
        start.map(ForeignBackupDetector::displaced).orElseGet(() -> endedBackup(run, last));
    boolean restarted =
        run.failure() != null && run.failure().kind() == ErrorKind.RESTARTED_ON_SERVER;
    String first = restarted && start.isPresent() ? run.failure().message() + " " : "";
    throw new AkeebaException(why.kind(), first + why.message() + tail);
  }

  private static RunFailure displaced(BackupRecord other) {
    return new RunFailure(
        ErrorKind.RESTARTED_ON_SERVER,
        "Another client started a backup on the site while ours was running, which ended ours"
            + " (record %s, origin %s).".formatted(other.id(), origin(other)));
  }

  private static RunFailure endedBackup(Run run, RecoveryState last) {
    if (run.failure() != null) {
      return run.failure();
    }
    return new RunFailure(
        ErrorKind.BACKUP_ERROR,
        last.record() == null
            ? "The site has no record of the backup any more."
            : "The backup has failed on the site, while its answer did not come: record %s says '%s'."
                .formatted(last.record().id(), last.record().status()));
  }

  private static String describePhantoms(List<BackupRecord> phantoms) {
    return "The phantom backup has left record %s, without a backupid, which can be deleted."
        .formatted(
            phantoms.stream()
                .map(record -> String.valueOf(record.id()))
                .collect(Collectors.joining(", ")));
  }
}
