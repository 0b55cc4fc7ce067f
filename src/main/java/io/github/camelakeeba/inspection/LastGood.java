package io.github.camelakeeba.inspection;

import java.time.Instant;

/**
 * The last good backup of a site.
 *
 * @param archive a file name
 * @param size bytes of its files
 * @param endedAt by our clock
 * @param atHome whether a copy of ours is in the catalog, in a folder or at an endpoint, and nobody
 *     knows it to be damaged or gone
 */
record LastGood(
    long recordId, String backupid, String archive, long size, Instant endedAt, boolean atHome) {

  LastGood notAtHome() {
    return new LastGood(recordId, backupid, archive, size, endedAt, false);
  }

  /** For people. */
  String text() {
    return "record %s, %s, ended %s".formatted(recordId, archive, endedAt);
  }
}
