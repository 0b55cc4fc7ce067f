package io.github.camelakeeba.keep;

import io.github.camelakeeba.archive.format.ArchiveSource;

/**
 * An archive of a site, and where it can be read.
 *
 * @param backupid "" where the site gives none
 * @param location for people: the folder, the endpoint without its secrets, or the site
 * @param source reads it; each call of {@link ArchiveSource#volumes} and of {@code open} begins
 *     anew
 */
public record LocatedArchive(
    String site,
    String backupid,
    long recordId,
    Place place,
    String location,
    ArchiveSource source) {

  /** Where it lies. */
  public enum Place {
    /** In a folder here. */
    FOLDER,
    /** At an endpoint that the site's {@code download} names, such as a bucket. */
    ENDPOINT,
    /** On the site itself; each byte is fetched while it is read. */
    SITE
  }
}
