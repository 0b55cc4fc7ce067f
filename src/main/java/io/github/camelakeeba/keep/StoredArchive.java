package io.github.camelakeeba.keep;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * An archive that was brought home and noted.
 *
 * @param site whose it is
 * @param backupid which backup it is of
 * @param recordId the number of its record on the site
 * @param profile the Akeeba profile
 * @param startedAt when the backup began
 * @param location the folder, or the endpoint without its secrets
 * @param local whether the place is a folder
 * @param files the names of its files
 * @param size bytes of all
 * @param verified whether it was read from its first byte to its last
 */
public record StoredArchive(
    String site,
    String backupid,
    long recordId,
    int profile,
    Instant startedAt,
    String location,
    boolean local,
    List<String> files,
    long size,
    boolean verified) {

  /** Where each file is, for people. */
  public List<String> paths() {
    return files.stream()
        .map(name -> local ? Path.of(location).resolve(name).toString() : location + "/" + name)
        .toList();
  }
}
