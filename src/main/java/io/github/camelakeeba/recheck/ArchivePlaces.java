package io.github.camelakeeba.recheck;

import io.github.camelakeeba.archive.ChecksumFile;
import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.keep.StoredArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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

  /** By the catalog, else by the list beside the files; without files of which nothing is known. */
  static Map<String, String> checksums(StoredArchive archive) {
    Map<String, ChecksumFile.Entry> listed =
        archive.local() ? new ChecksumFile(Path.of(archive.location())).entries() : Map.of();
    Map<String, String> known = new HashMap<>();
    for (String name : archive.files()) {
      ChecksumFile.Entry entry = listed.get(name);
      if (archive.checksum(name) != null) {
        known.put(name, archive.checksum(name));
      } else if (isOf(archive, entry)) {
        known.put(name, entry.checksum());
      }
    }
    return known;
  }

  /**
   * Throws {@link AwayException} where a folder that is named as an endpoint is not there, or has
   * nothing: Camel would make it, and find nothing in it.
   */
  static void checkEndpoint(StoredArchive archive) {
    if (archive.location().startsWith("file:")) {
      Path folder = Path.of(archive.location().replaceFirst("^file:(//)?", ""));
      try (Stream<Path> files = Files.list(folder)) {
        if (files.noneMatch(Files::isRegularFile)) {
          throw new AwayException("the folder %s is empty".formatted(folder));
        }
      } catch (IOException e) {
        throw new AwayException("the folder %s is not there".formatted(folder));
      }
    }
  }
}
