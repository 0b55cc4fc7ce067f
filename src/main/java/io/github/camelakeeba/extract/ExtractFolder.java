package io.github.camelakeeba.extract;

import io.github.camelakeeba.archive.DiskErrors;
import io.github.camelakeeba.archive.format.ArchiveEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The folder that an archive is extracted to: folders are made in it, never through a link, and get
 * their permissions and times once all that belongs in them is there.
 */
final class ExtractFolder {
  private static final int MAX_PATH_BYTES = 4095; // of Linux; others take less or more
  private static final int MAX_REMEMBERED = 24 << 20; // bytes of paths of folders, about
  private static final int OWNER_WRITES = 0200;
  private static final int BYTES_A_FOLDER = 200; // beside its characters

  private final Path root;
  private final FileModes modes;
  private final boolean windows;
  private final boolean ignoresCase;
  private final Map<String, ArchiveEntry> attributes = new LinkedHashMap<>();
  private List<String> lastFolders = List.of(); // which were looked at for the entry before
  private Path lastFolder;
  private long remembered;

  /** The journal is in the folder already. */
  ExtractFolder(Path root, FileModes modes) {
    this.root = root;
    this.modes = modes;
    this.windows = root.getFileSystem().getSeparator().equals("\\");
    this.ignoresCase = Files.exists(root.resolve(EntryPath.JOURNAL.toUpperCase(Locale.ROOT)));
    this.lastFolder = root;
  }

  boolean isWindows() {
    return windows;
  }

  /** Whether two names that differ in their case are one file here. */
  boolean ignoresCase() {
    return ignoresCase;
  }

  /** Nothing of it may be written. */
  static final class RefusedException extends Exception {
    RefusedException(String why) {
      super(why, null, false, false);
    }
  }

  /** The place of an entry, in folders that are there then. Throws why it can't have one. */
  Path place(EntryPath path) throws RefusedException {
    return folder(path, path.folders()).resolve(path.name());
  }

  private Path folder(EntryPath path, List<String> names) throws RefusedException {
    if (names.equals(lastFolders)) {
      return lastFolder;
    }
    int length = (root + "/" + path.text()).getBytes(StandardCharsets.UTF_8).length;
    if (!windows && length > MAX_PATH_BYTES) {
      throw new RefusedException("its path is too long");
    }
    Path folder = root;
    for (String name : names) {
      folder = folder.resolve(name);
      makeFolder(folder);
    }
    lastFolders = List.copyOf(names);
    lastFolder = folder;
    return folder;
  }

  private void makeFolder(Path folder) throws RefusedException {
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (Files.isSymbolicLink(folder)) {
      throw new RefusedException("it leads through the link " + root.relativize(folder));
    }
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new RefusedException("%s is a file, and no folder".formatted(root.relativize(folder)));
    }
    DiskErrors.translate(folder, () -> Files.createDirectory(folder));
  }

  /** A folder of the archive; its attributes are set by {@link #finish}. */
  void add(EntryPath path, ArchiveEntry entry) throws RefusedException {
    Path folder = folder(path, path.names());
    if (remembered < MAX_REMEMBERED) {
      attributes.put(path.text(), entry);
      remembered += BYTES_A_FOLDER + 2L * path.text().length();
    } else if ((entry.mode() & OWNER_WRITES) != 0) { // else nothing more could be put in
      DiskErrors.translate(folder, () -> set(folder, entry));
    }
  }

  /** The attributes of the folders, the innermost first: what is in them changes no more. */
  void finish() {
    List<String> paths = new ArrayList<>(attributes.keySet());
    paths.sort(
        Comparator.comparingLong((String path) -> path.chars().filter(c -> c == '/').count())
            .reversed());
    for (String path : paths) {
      Path folder = root.resolve(path);
      DiskErrors.translate(folder, () -> set(folder, attributes.get(path)));
    }
  }

  private Path set(Path folder, ArchiveEntry entry) throws IOException {
    modes.set(folder, entry);
    return folder;
  }
}
