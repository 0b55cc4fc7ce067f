package io.github.camelakeeba.keep;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A downloaded archive in the catalog.
 *
 * @param location the folder, or the endpoint without its secrets
 * @param local whether the location is a folder
 * @param files their names
 * @param size bytes of all files
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

  /** The archive's own name, which is that of its last file. */
  public String name() {
    return files.get(files.size() - 1);
  }

  /** Where each file is, for people. */
  public List<String> paths() {
    return files.stream()
        .map(name -> local ? Path.of(location).resolve(name).toString() : location + "/" + name)
        .toList();
  }
}
