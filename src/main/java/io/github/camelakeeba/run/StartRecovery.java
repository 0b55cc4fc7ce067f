package io.github.camelakeeba.run;

import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.StepOrder;
import io.github.camelakeeba.run.Sight.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether a startBackup whose answer did not come has begun a backup: a record newer than
 * any seen before, of our origin, with our description (protocol page, section 6).
 */
public final class StartRecovery {
  private static final Logger LOG = LoggerFactory.getLogger(StartRecovery.class);

  /** The site's column holds 255 characters. */
  private static final int COLUMN = 200;

  private final Recovery recovery;
  private final Clock clock;

  /** Over these pauses. */
  public StartRecovery(Recovery recovery, Clock clock) {
    this.recovery = recovery;
    this.clock = clock;
  }

  /** After a look at the records: found, or nowhere for so long that it has never begun. */
  public Sight judge(
      @Body Run run,
      @Variable("backup-sight") Sight sight,
      @Variable("backup-records") List<BackupRecord> records) {
    Optional<BackupRecord> found =
        records.stream()
            .filter(record -> ours(run, record))
            .min(Comparator.comparingLong(BackupRecord::id));
    if (found.isPresent()) {
      return sight.next(Verdict.IDLE, 0, null, false, found.get());
    }
    Instant giveUp = sight.since().plus(recovery.untilNeverBegun());
    boolean never = run.gap().lost() == 0 || !clock.instant().isBefore(giveUp);
    return sight.next(
        never ? Verdict.UNTOUCHED : Verdict.WAIT,
        recovery.pauseAfter(sight.looks()),
        null,
        false,
        null);
  }

  /** Whether this record was made by the start that was sent last. */
  static boolean ours(Run run, BackupRecord record) {
    Long newest = run.gap().newestRecord();
    return record.id() > (newest == null ? Long.MAX_VALUE : newest)
        && (record.origin().isEmpty() || record.origin().equals("json"))
        && StepOrder.usable(record.backupid())
        && same(run.request().description(), record.description());
  }

  private static boolean same(String sent, String stored) {
    return stored.strip().equals(sent.strip())
        || stored.length() >= COLUMN && sent.startsWith(stored);
  }

  /** The run with the backup that was found, or before a start that is sent anew. */
  public Run decide(
      @Body Run run,
      @Variable("backup-sight") Sight sight,
      @Variable("akeeba-date") Instant siteClock) {
    if (sight.record() == null) {
      LOG.warn("the site has begun no backup; starting it again");
      return run.with(run.gap().looked(0, null, false));
    }
    LOG.info("found: {}, record {}", sight.record().backupid(), sight.record().id());
    Instant sent = run.gap().notedAt();
    boolean known =
        sent != null
            && !SiteClocks.differ(sight.record().backupid(), siteClock, sent, Instant.now());
    return run.with(Backup.adopted(sight.record(), known), run.warnings());
  }
}
