package io.github.camelakeeba.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A folder's {@code SHA256SUMS}, as {@code sha256sum -c} reads it; comments name the backups. */
public final class ChecksumFile {
  private static final String FILE_NAME = "SHA256SUMS";

  private final Path file;

  public ChecksumFile(Path folder) {
    file = folder.resolve(FILE_NAME);
  }

  public record Entry(String backup, String checksum) {}

  /** Whether a file of this name is such a list, and so no archive. */
  public static boolean isName(String name) {
    return name.equals(FILE_NAME);
  }

  public boolean exists() {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  public Map<String, Entry> entries() {
    Map<String, Entry> entries = new TreeMap<>();
    if (!exists()) {
      return entries;
    }
    String backup = "";
    for (String line : DiskErrors.translate(file, () -> Files.readAllLines(file))) {
      if (line.startsWith("# ")) {
        backup = line.substring(2);
      } else if (line.matches("[0-9a-f]{64}  .+")) {
        entries.put(line.substring(66), new Entry(backup, line.substring(0, 64)));
        backup = "";
      }
    }
    return entries;
  }

  /** Adds these files; the file is replaced as a whole. */
  public void add(String backup, Map<String, String> sums) {
    synchronized (ChecksumFile.class) {
      Map<String, Entry> entries = entries();
      sums.forEach((name, sum) -> entries.put(name, new Entry(backup, sum)));
      write(entries);
    }
  }

  public void remove(List<String> names) {
    synchronized (ChecksumFile.class) {
      Map<String, Entry> entries = entries();
      if (entries.keySet().removeAll(names)) {
        write(entries);
      }
    }
  }

  /** Deletes those of these files that are listed as the backup's, and are regular ones. */
  public void delete(List<String> names, String backup) {
    Map<String, Entry> entries = entries();
    List<String> ours =
        names.stream()
            .filter(name -> entries.containsKey(name) && entries.get(name).backup().equals(backup))
            .toList();
    for (String name : ours) {
      Path path = file.resolveSibling(name);
      if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
        DiskErrors.translate(path, () -> Files.deleteIfExists(path));
      }
    }
    remove(ours);
  }

  private void write(Map<String, Entry> entries) {
    List<String> lines = new ArrayList<>();
    entries.forEach(
        (name, entry) -> {
          if (!entry.backup().isEmpty()) {
            lines.add("# " + entry.backup());
          }
          lines.add(entry.checksum() + "  " + name);
        });
    DiskErrors.translate(
        file,
        () -> {
          Path next = file.resolveSibling(FILE_NAME + FileDownload.PARTIAL_SUFFIX);
          Files.write(next, lines);
          return moveAtomically(next, file);
        });
  }

  /** The file itself, where it lists none. */
  public void deleteIfEmpty() {
    synchronized (ChecksumFile.class) {
      if (exists() && entries().isEmpty()) {
        DiskErrors.translate(file, () -> Files.deleteIfExists(file));
      }
    }
  }

  public static Path moveAtomically(Path from, Path to) throws IOException {
    try {
      return Files.move(
          from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (java.nio.file.AtomicMoveNotSupportedException e) {
      return Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
