package io.github.camelakeeba.archive;

import io.github.camelakeeba.census.Census;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * An archive that is here.
 *
 * @param backupid "" when the site gives none
 * @param begun when the backup began, or null
 * @param unread what of it could not be checked, and why; null: it was read to its end, and is good
 * @param warnings what a person should check: what its dump lacks
 * @param census what it holds; null: its contents could not be read
 */
public record DownloadedArchive(
    String site,
    long recordId,
    String backupid,
    int profile,
    Instant begun,
    Path folder,
    List<File> files,
    String unread,
    List<String> warnings,
    Census census) {

  /** A file of it, its size in bytes and its checksum in hex. */
  public record File(String name, long size, String sha256) {}

  /** Whether all of it was read and checked, from its first byte to its last. */
  public boolean readable() {
    return unread == null;
  }

  public List<String> fileNames() {
    return files.stream().map(File::name).toList();
  }

  public long size() {
    return files.stream().mapToLong(File::size).sum();
  }
}
