package io.github.camelakeeba.keep;

import io.github.camelakeeba.event.Event;
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
 * @param verified whether it was read from its first byte to its last, and found whole since
 * @param content what it holds; null: it was not counted
 * @param checksums SHA-256 of the files, in hex and in their order; empty: not known
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
    boolean verified,
    Event.Content content,
    List<String> checksums) {

  /** One that was not counted, and whose checksums are not known. */
  public StoredArchive(
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
    this(
        site, backupid, recordId, profile, startedAt, location, local, files, size, verified, null,
        List.of());
  }

  /** SHA-256 of a file, in hex; null: not known. */
  public String checksum(String file) {
    return checksums.size() == files.size() ? checksums.get(files.indexOf(file)) : null;
  }

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
