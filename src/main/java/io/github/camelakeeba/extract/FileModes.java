package io.github.camelakeeba.extract;

import io.github.camelakeeba.archive.format.ArchiveEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Permissions and times of what is extracted. Setuid, setgid and sticky bits are dropped, and so is
 * the right of everybody to write; the owner can read what he extracts, and open its folders.
 */
final class FileModes {
  private static final PosixFilePermission[] BITS = { // of 0001, 0002, …
    PosixFilePermission.OTHERS_EXECUTE,
    PosixFilePermission.OTHERS_WRITE,
    PosixFilePermission.OTHERS_READ,
    PosixFilePermission.GROUP_EXECUTE,
    PosixFilePermission.GROUP_WRITE,
    PosixFilePermission.GROUP_READ,
    PosixFilePermission.OWNER_EXECUTE,
    PosixFilePermission.OWNER_WRITE,
    PosixFilePermission.OWNER_READ
  };
  private static final int WORLD_WRITABLE = 0002;
  private static final int OWNER_READS = 0400;
  private static final int OWNER_OPENS = 0500;
  private static final int ALL = 0777;
  private static final FileAttribute<?>[] OWNER_ONLY = {
    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
  };
  private static final FileAttribute<?>[] NONE = {};

  private final boolean posix;

  /** Of a folder's file system: some have no permissions. */
  FileModes(Path folder) {
    posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** For a file that will have the entry's permissions: until then it is its owner's alone. */
  FileAttribute<?>[] whileWritten(ArchiveEntry entry) {
    return posix && entry.mode() >= 0 ? OWNER_ONLY : NONE;
  }

  /** Gives a file, or a folder whose contents are there, permissions and time of its entry. */
  void set(Path path, ArchiveEntry entry) throws IOException {
    if (posix && entry.mode() >= 0) {
      Files.setPosixFilePermissions(
          path, permissions(entry.mode(), entry.isFile() ? OWNER_READS : OWNER_OPENS));
    }
    if (entry.modified() != null) {
      Files.setLastModifiedTime(path, FileTime.from(entry.modified()));
    }
  }

  private static Set<PosixFilePermission> permissions(int mode, int always) {
    int kept = mode & ALL & ~WORLD_WRITABLE | always;
    Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
    for (int bit = 0; bit < BITS.length; bit++) {
      if ((kept >> bit & 1) == 1) {
        set.add(BITS[bit]);
      }
    }
    return set;
  }
}
