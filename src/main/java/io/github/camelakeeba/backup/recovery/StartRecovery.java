package io.github.camelakeeba.backup.recovery;

import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.answer.StepSequenceCheck;
import io.github.camelakeeba.backup.recovery.RecoveryState.Verdict;
import io.github.camelakeeba.run.BackupProgress;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.store.RecoverySettings;
import io.github.camelakeeba.run.store.RunRepository;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what a lost startBackup has begun: a newer record of our origin with our description. */
public final class StartRecovery {
  private static final Logger LOG = LoggerFactory.getLogger(StartRecovery.class);
  private static final int MAX_STORED_LENGTH = 200; // the site's column holds 255 characters

  private final RunRepository store;
  private final RecoverySettings recovery;
  private final Clock clock;

  public StartRecovery(RunRepository store, RecoverySettings recovery, Clock clock) {
    this.store = store;
    this.recovery = recovery;
    this.clock = clock;
  }

  /** Found, or absent so long that it has never begun; else open. Last is null at first. */
  public RecoveryState judge(
      @Body Run run,
      @Variable("backup-recovery-state") RecoveryState last,
      @Variable("backup-records") List<BackupRecord> records) {
    if (last == null) {
      return RecoveryState.first(run.journal(), recovery, clock.instant());
    }
    Optional<BackupRecord> found =
        records.stream()
            .filter(record -> isOurs(run, record))
            .min(Comparator.comparingLong(BackupRecord::id));
    if (found.isPresent()) {
      return last.next(Verdict.IDLE, 0, null, false, found.get());
    }
    Instant giveUp = last.since().plus(recovery.startTimeout());
    boolean never = run.journal().lostResponses() == 0 || !clock.instant().isBefore(giveUp);
    return last.next(
        never ? Verdict.UNTOUCHED : Verdict.WAIT,
        recovery.pauseAfter(last.polls()),
        null,
        false,
        null);
  }

  /** Whether this record was made by the start that was sent last. */
  public static boolean isOurs(Run run, BackupRecord record) {
    Long newest = run.journal().newestRecord();
    return record.id() > (newest == null ? Long.MAX_VALUE : newest)
        && (record.origin().isEmpty() || record.origin().equals("json"))
        && StepSequenceCheck.isUsableBackupid(record.backupid())
        && isSameText(run.request().description(), record.description());
  }

  private static boolean isSameText(String sent, String stored) {
    return stored.strip().equals(sent.strip())
        || stored.length() >= MAX_STORED_LENGTH && sent.startsWith(stored);
  }

  /** The run with the backup that was found, or before a start that is sent anew. */
  public Run decide(
      @Body Run run,
      @Variable("backup-recovery-state") RecoveryState last,
      @Variable("akeeba-date") Instant siteClock) {
    if (last.record() == null) {
      LOG.warn("the site has begun no backup; starting it again");
      store.note(run, "asked-site", "Asked the site: it has begun no backup; starting it again");
      return run.with(run.journal().resolved(0, null, false));
    }
    LOG.info("found: {}, record {}", last.record().backupid(), last.record().id());
    store.note(
        run, "asked-site", "Asked the site: the backup has begun, record " + last.record().id());
    Instant sent = run.journal().notedAt();
    boolean known =
        sent != null
            && !SiteClockSkew.differ(last.record().backupid(), siteClock, sent, Instant.now());
    return run.with(BackupProgress.adopted(last.record(), known), run.warnings());
  }
}
