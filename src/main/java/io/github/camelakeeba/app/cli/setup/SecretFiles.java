package io.github.camelakeeba.app.cli.setup;

import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.service.Home;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The files below {@code config/secrets}, which only their owner can read: one a secret. */
final class SecretFiles {
  private static final String FOLDER = "config/secrets";
  private static final int MAX_KIB = 64;

  private final Home home;
  private final List<Place> places = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  /**
   * Where a secret is, or is to be.
   *
   * @param path below the home, with slashes
   * @param isNew whether the file is to be written
   */
  record Place(String path, Secret value, boolean isNew) {}

  SecretFiles(Home home) {
    this.home = home;
  }

  /** A file of this name, or of the nearest name that is free; no file is ever overwritten. */
  Place place(String name, Credential credential) {
    Place place = given(credential.file(), credential.value());
    String free = name;
    for (int i = 2; place == null; i++) {
      Path file = home.folder().resolve(FOLDER).resolve(free);
      if (!names.contains(free)) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
          place = new Place(FOLDER + "/" + free, credential.value(), true);
        } else if (isThere(file, credential.value())) {
          place = new Place(FOLDER + "/" + free, credential.value(), false);
        }
      }
      names.add(free);
      free = name + "-" + i;
    }
    places.add(place);
    return place;
  }

  /** One that lies in the folder already is used where it is. */
  private Place given(Path file, Secret value) {
    try {
      Path folder = home.folder().resolve(FOLDER);
      return file != null
              && Files.exists(folder)
              && file.toRealPath().getParent().equals(folder.toRealPath())
          ? new Place(FOLDER + "/" + file.getFileName(), value, false)
          : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static boolean isThere(Path file, Secret value) {
    try {
      return read(file).equals(value);
    } catch (ConfigurationException e) {
      return false;
    }
  }

  /** The path of a secret that the user has put there, or null. */
  String existing(String name) {
    return Files.isRegularFile(home.folder().resolve(FOLDER).resolve(name))
        ? FOLDER + "/" + name
        : null;
  }

  static String pathOf(String name) {
    return FOLDER + "/" + name;
  }

  /** How many files are to be written. */
  int newFiles() {
    return (int) places.stream().filter(Place::isNew).count();
  }

  /**
   * Writes all that are not there yet, or none: what was written is in the list to take back. One
   * that somebody has put there meanwhile stays as it is.
   */
  List<Path> write() throws IOException {
    List<Path> written = new ArrayList<>();
    try {
      for (Place place : places) {
        if (place.isNew()) {
          Path file = home.folder().resolve(place.path());
          createFolder(file.getParent());
          write(file, place.value());
          written.add(file);
        }
      }
      return written;
    } catch (IOException | RuntimeException e) {
      remove(written);
      throw e;
    }
  }

  static void remove(List<Path> files) throws IOException {
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }

  private static void createFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      SitesFileWriter.createFolder(folder.getParent());
      Files.createDirectory(folder, only("rwx------"));
    }
  }

  private static void write(Path file, Secret value) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            only("rw-------"))) {
      written(file, channel, value);
    } catch (FileAlreadyExistsException e) {
      throw TextFile.wrong(file, "has come to be there meanwhile; nothing was written");
    }
  }

  private static void written(Path file, FileChannel channel, Secret value) throws IOException {
    ByteBuffer line = ByteBuffer.wrap((value.reveal() + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(file); // the half of it
      throw e;
    }
  }

  /** What a new file or folder may be at most; the user's mask still takes from it. */
  static FileAttribute<?>[] only(String permissions) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** The one line of the file; throws {@link ConfigurationException} that names it. */
  static Secret read(Path file) {
    String text = TextFile.read(file, MAX_KIB);
    String problem = problem(text);
    if (problem != null) {
      throw TextFile.wrong(file, problem);
    }
    return new Secret(text);
  }

  /** What is wrong with a secret, beginning with a verb; null: nothing. */
  static String problem(String text) {
    return text.isBlank()
        ? "is empty; it must hold the secret in one line"
        : text.strip().chars().anyMatch(Character::isISOControl)
            ? "must hold one line without control characters"
            : null;
  }
}
