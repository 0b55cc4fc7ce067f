package io.github.camelakeeba.akeeba;

/**
 * The answer of getBackupInfo.
 *
 * @param record null: the site has none of this number
 * @param missing how the site says so; null: it has the record
 */
public record BackupInfo(BackupRecord record, AkeebaException missing) {
  /** The record; throws {@code not-found} when there is none. */
  public BackupRecord orMissing() {
    if (record == null) {
      throw missing;
    }
    return record;
  }

  /** Whether the archive's beginning is on the site, where it can be read. */
  public boolean readable() {
    return record != null && record.readable();
  }
}
