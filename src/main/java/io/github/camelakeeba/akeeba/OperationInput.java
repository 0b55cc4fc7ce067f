package io.github.camelakeeba.akeeba;

/** The body of {@code direct:akeeba-<operation>}: a run, a user's order, or a {@link SiteQuery}. */
public interface OperationInput {
  /** The name of the site in sites.yaml. */
  String siteName();

  /** The number of the backup's record on the site; 0: not known. */
  default long recordId() {
    return 0;
  }

  /** The number of the profile; 0: none. */
  default int profileId() {
    return 0;
  }

  /** The first record of a page of the list of backups; 0 is the newest. */
  default int from() {
    return 0;
  }

  /** Records in a page of the list of backups; a running one is always among the newest 50. */
  default int limit() {
    return 50;
  }
}
