package io.github.camelakeeba.archive;

/** What a file of an archive is sent to an endpoint with, beside its name. */
public final class ArchiveHeaders {
  /** The {@code backupid} of its backup. */
  public static final String BACKUPID = "backup-archive-backupid";

  /** Its checksum in hex, of the bytes that were downloaded and read. */
  public static final String SHA256 = "backup-archive-sha256";

  private ArchiveHeaders() {}
}
