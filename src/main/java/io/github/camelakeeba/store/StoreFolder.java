package io.github.camelakeeba.store;

import io.github.camelakeeba.secret.OwnerOnlyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of an embedded store: only this user reads it, and one process locks it. H2 has a lock
 * of its own, which it releases when the disk is full; then a second process would open the file
 * beside the first.
 */
final class StoreFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoreFolder.class);
  private static final String STORE_FILE = "backup.mv.db";
  private static final String LOCK_FILE = "backup.lock";

  private final Path folder;
  private final FileChannel lock;

  private StoreFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Makes it where there is none. Throws {@link UncheckedIOException} when another process has
   * locked it, or when the store in it is an empty file: a new store would hide that data was lost.
   */
  static StoreFolder open(Path folder) {
    try {
      OwnerOnlyFile.createFolder(folder);
      setPermissions(folder, "rwx------");
      FileChannel lock =
          FileChannel.open(
              folder.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        check(folder, lock);
      } catch (IOException e) {
        lock.close();
        throw e;
      }
      StoreFolder opened = new StoreFolder(folder, lock);
      opened.restrictPermissions();
      return opened;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(Path folder, FileChannel lock) throws IOException {
    if (!locked(lock)) {
      throw new IOException("the store is already in use by another process");
    }
    // after the lock: a process that makes a new store has an empty file for a moment
    Path store = folder.resolve(STORE_FILE);
    if (Files.exists(store) && Files.size(store) == 0) {
      throw new IOException(
          "the file is empty, so what was in it is lost; put a copy of it back, or delete it to"
              + " begin with a new store");
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // in this process
    }
  }

  /** Its files are this user's alone, also those that H2 has made since. */
  void restrictPermissions() {
    for (String name : List.of(STORE_FILE, LOCK_FILE)) {
      Path file = folder.resolve(name);
      if (Files.exists(file)) {
        setPermissions(file, "rw-------");
      }
    }
  }

  private static void setPermissions(Path path, String permissions) {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view == null) {
      return; // on Windows
    }
    try {
      view.setPermissions(PosixFilePermissions.fromString(permissions));
    } catch (IOException e) {
      LOG.debug("{} belongs to another user, who has said who may read it", path, e);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
