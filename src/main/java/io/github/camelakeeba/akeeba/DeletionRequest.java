package io.github.camelakeeba.akeeba;

import io.github.camelakeeba.config.Site;

/** A backup to be deleted on a site, for good; backupid null: whichever the record has. */
public record DeletionRequest(Site site, long recordId, String backupid, Kind kind)
    implements OperationInput {
  @Override
  public String siteName() {
    return site.name();
  }

  public enum Kind {
    /** The record and its files. */
    DELETE,
    /** The files; the record stays. */
    DELETE_FILES
  }
}
