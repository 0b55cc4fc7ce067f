package io.github.camelakeeba.inspection;

import java.time.Instant;

/**
 * The last good backup of a site.
 *
 * @param archive a file name
 * @param size bytes of its files
 * @param endedAt by our clock
 * @param atHome whether a copy of ours is in the catalog, in a folder or at an endpoint
 */
record LastGood(
    long recordId, String backupid, String archive, long size, Instant endedAt, boolean atHome) {

  /** For people. */
  String text() {
    return "record %s, %s, ended %s".formatted(recordId, archive, endedAt);
  }
}
