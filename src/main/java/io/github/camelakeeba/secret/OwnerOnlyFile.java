package io.github.camelakeeba.secret;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A file that is its owner's alone from its first moment: permissions set later come too late. */
public final class OwnerOnlyFile {
  private OwnerOnlyFile() {}

  /**
   * Creates it, to be read and written. Throws {@link FileAlreadyExistsException} where there is
   * one, whose content somebody may have open already.
   */
  public static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
        attribute(file));
  }

  /**
   * Creates a folder that is its owner's alone, with those above it, where there is none. On
   * Windows it has what the folder above hands down.
   */
  public static void createFolder(Path folder) throws IOException {
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    Files.createDirectories(
        folder,
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
            }
            : new FileAttribute<?>[0]);
  }

  private static FileAttribute<?> attribute(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    }
    return accessListOf(
        file.getFileSystem()
            .getUserPrincipalLookupService()
            .lookupPrincipalByName(System.getProperty("user.name")));
  }

  /** On Windows it replaces what the folder would hand down. */
  static FileAttribute<List<AclEntry>> accessListOf(UserPrincipal owner) {
    return new AccessList(
        List.of(
            AclEntry.newBuilder()
                .setType(AclEntryType.ALLOW)
                .setPrincipal(owner)
                .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                .build()));
  }

  private record AccessList(List<AclEntry> value) implements FileAttribute<List<AclEntry>> {
    @Override
    public String name() {
      return "acl:acl";
    }
  }
}
