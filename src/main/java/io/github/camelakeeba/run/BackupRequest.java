package io.github.camelakeeba.run;

import io.github.camelakeeba.Internal;
import java.time.Instant;
import java.util.Map;

/**
 * An accepted request for one backup; what it left open is filled from the site's configuration.
 *
 * @param id the sender's own id, which makes it idempotent; null when there is none
 * @param trigger {@code schedule}, {@code event}, {@code api}, {@code command}, or {@code watch} of
 *     a backup that another client took
 * @param description placeholders not yet filled
 * @param comment "" when none
 * @param overrides profile settings for this backup only
 * @param dueAt the run is not claimed before this instant
 * @param requestedBy the name of the API's caller, {@code cli:} and a user of the operating system,
 *     {@code trigger:} and a name, {@code application} for the one that embeds this, or {@code
 *     schedule}, or {@code watch:} and the origin of the backup in the site's record; null: not
 *     known
 * @param taken the backup that another client took; null: one is to be taken
 */
@Internal
public record BackupRequest(
    String id,
    String site,
    String trigger,
    int profile,
    String description,
    String comment,
    Map<String, String> overrides,
    IfBusy ifBusy,
    Instant dueAt,
    String requestedBy,
    TakenBackup taken) {
  BackupRequest withDescription(String text) {
    return new BackupRequest(
        id, site, trigger, profile, text, comment, overrides, ifBusy, dueAt, requestedBy, taken);
  }

  /** As it stands in the row that was made for it. */
  public BackupRequest queued(Instant due) {
    return new BackupRequest(
        id,
        site,
        trigger,
        profile,
        description,
        comment,
        overrides,
        IfBusy.QUEUE,
        due,
        requestedBy,
        taken);
  }

  public enum IfBusy {
    /** Refuse: the API answers 409, the command line exits 4. */
    REFUSE,
    QUEUE,
    /** Join a run that is still queued; else queue. */
    JOIN
  }

  /**
   * A backup that another client took: its run only verifies it, and downloads it where that is
   * wanted.
   *
   * @param recordId its record on the site
   * @param archive a file name
   * @param begun by our clock; null: not known
   * @param ended by our clock
   */
  public record TakenBackup(
      long recordId, String backupid, String archive, Instant begun, Instant ended) {
    public Instant begunOrEnded() {
      return begun == null || begun.isAfter(ended) ? ended : begun;
    }
  }
}
