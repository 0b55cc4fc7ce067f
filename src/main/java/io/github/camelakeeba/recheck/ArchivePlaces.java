package io.github.camelakeeba.recheck;

import io.github.camelakeeba.archive.ChecksumFile;
import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.keep.StoredArchive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files of downloaded archives, in folders here. */
final class ArchivePlaces {
  /** Whether no other process has this store, so that what is not here is nowhere. */
  private final boolean alone;

  ArchivePlaces(boolean alone) {
    this.alone = alone;
  }

  /**
   * Whether this machine is the one to read it: a folder may be of one node only, which its list of
   * checksums tells.
   */
  boolean isReadHere(StoredArchive archive) {
    return !archive.local() || alone || isListed(archive);
  }

  private static boolean isListed(StoredArchive archive) {
    Map<String, ChecksumFile.Entry> entries =
        new ChecksumFile(Path.of(archive.location())).entries();
    return archive.files().stream().anyMatch(name -> isOf(archive, entries.get(name)));
  }

  /** Files whose backup gives no usable id are listed by the number of its record. */
  private static boolean isOf(StoredArchive archive, ChecksumFile.Entry entry) {
    return entry != null
        && (entry.backup().equals(archive.backupid())
            || entry.backup().equals("record-" + archive.recordId()));
  }

  /**
   * The archive in its folder; throws {@link AwayException} where the folder is not there, or holds
   * nothing that was downloaded to it, as when its disk is not mounted.
   */
  static ArchiveSource open(StoredArchive archive) {
    Path folder = Path.of(archive.location());
    if (!Files.isDirectory(folder)) {
      throw new AwayException("the folder %s is not there".formatted(folder));
    }
    List<Path> files = archive.files().stream().map(folder::resolve).toList();
    if (!new ChecksumFile(folder).exists() && files.stream().noneMatch(Files::isRegularFile)) {
      throw new AwayException(
          "the folder %s holds neither its files nor SHA256SUMS".formatted(folder));
    }
    return ArchiveSource.ofFiles(archive.name(), files);
  }

  /** Those of its files that are gone from its folder. */
  static List<String> missing(StoredArchive archive) {
    Path folder = Path.of(archive.location());
    return archive.files().stream()
        .filter(name -> !Files.isRegularFile(folder.resolve(name)))
        .toList();
  }

  /**
   * By the catalog, else by the list beside the files; a file of which nothing is known is left
   * out.
   */
  static Map<String, String> checksums(CheckedArchive one) {
    StoredArchive archive = one.archive();
    Map<String, String> known = new HashMap<>();
    if (one.checksums().size() == archive.files().size()) {
      for (int i = 0; i < archive.files().size(); i++) {
        known.put(archive.files().get(i), one.checksums().get(i));
      }
    } else if (archive.local()) {
      new ChecksumFile(Path.of(archive.location()))
          .entries()
          .forEach(
              (name, entry) -> {
                if (archive.files().contains(name) && isOf(archive, entry)) {
                  known.put(name, entry.checksum());
                }
              });
    }
    return known;
  }
}
