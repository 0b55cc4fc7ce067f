package io.github.camelakeeba.run;

import io.github.camelakeeba.Internal;
import java.time.Instant;

/**
 * A backup that another client took: its run only verifies it, and downloads it where that is
 * wanted.
 *
 * @param recordId its record on the site
 * @param archive a file name
 * @param begun by our clock; null: not known
 * @param ended by our clock
 */
@Internal
public record TakenBackup(
    long recordId, String backupid, String archive, Instant begun, Instant ended) {
  public Instant begunOrEnded() {
    return begun == null || begun.isAfter(ended) ? ended : begun;
  }
}
