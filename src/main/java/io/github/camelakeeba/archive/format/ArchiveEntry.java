package io.github.camelakeeba.archive.format;

import java.time.Instant;

/**
 * What an archive says of a file, a folder or a link in it. A ZIP says less: no mode, and a link is
 * one only where Akeeba wrote it (version 3.10 of what its header needs; measured).
 *
 * @param path as the archive has it: relative, with '/', UTF-8, and nobody has checked that it
 *     leads nowhere else; without the '/' at the end of a folder, and of a link to one
 * @param size bytes, inflated; of a link those of its target's name; -1: not known before its end
 * @param mode permissions as Unix has them, such as 0644; of a link those of its target; -1: not
 *     known
 * @param modified null: not known, as of all folders and links but those of a JPS; a ZIP tells two
 *     seconds, in UTC (measured: both products set PHP to it)
 */
public record ArchiveEntry(String path, Kind kind, long size, int mode, Instant modified) {
  static final int UNKNOWN = -1;
  private static final int PERMISSIONS = 07777;

  /** What an entry is. */
  public enum Kind {
    FILE,
    FOLDER,
    LINK;

    /** As JPA and JPS number them; null: none of these. */
    static Kind of(int type) {
      return switch (type) {
        case 0 -> FOLDER;
        case 1 -> FILE;
        case 2 -> LINK;
        default -> null;
      };
    }
  }

  public ArchiveEntry {
    if (kind != Kind.FILE && path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    mode = mode < 0 ? UNKNOWN : mode & PERMISSIONS;
  }

  /** A file of which only its name is known. */
  static ArchiveEntry file(String path) {
    return new ArchiveEntry(path, Kind.FILE, UNKNOWN, UNKNOWN, null);
  }

  public boolean isFile() {
    return kind == Kind.FILE;
  }
}
