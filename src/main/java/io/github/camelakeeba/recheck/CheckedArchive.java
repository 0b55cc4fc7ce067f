package io.github.camelakeeba.recheck;

import io.github.camelakeeba.keep.StoredArchive;
import java.time.Instant;

/**
 * A downloaded archive, and what is known of it since.
 *
 * @param downloadedAt when it was downloaded, and so read for the first time
 * @param verifiedAt when it was last read to its end; the download, where it was not since
 * @param damagedAt since when it is known to be damaged, or null
 * @param damage what is wrong, or null
 * @param fetchFailure why it could not be fetched anew, or null
 * @param missed whether its site was reported as missed for that
 * @param awaySince since when its folder or endpoint can't be read, or null
 * @param awayReported whether that is reported
 * @param recheckAt when it is read again, whatever the interval says; null: as that says
 */
public record CheckedArchive(
    StoredArchive archive,
    Instant downloadedAt,
    Instant verifiedAt,
    Instant damagedAt,
    String damage,
    String fetchFailure,
    boolean missed,
    Instant awaySince,
    boolean awayReported,
    Instant recheckAt) {
  public boolean damaged() {
    return damagedAt != null;
  }

  /** For people: which backup's it is, and where. */
  public String describe() {
    return "The archive of backup %s (%s, begun %s) in %s"
        .formatted(archive.recordId(), archive.name(), archive.startedAt(), archive.location());
  }
}
