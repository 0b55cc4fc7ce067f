package io.github.camelakeeba.app.cli;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The class path of child processes, and the archive of loaded classes that they share: with it a
 * {@code serve} is up after two thirds of the processor time. The JVM archives classes of jars
 * only, and takes an archive whose class path is the beginning of its own: so {@code
 * target/classes} is packed, and folders stand last. The archive is made once, behind the tests'
 * back, while the first children run without it.
 */
public final class SharedClasses {
  private static final Path FOLDER = Path.of("target", "children").toAbsolutePath();
  private static final Path CLASSES = Path.of("target", "classes").toAbsolutePath();

  /** Options with which a JVM starts sooner, and leaves a core to others. */
  public static final List<String> LIGHT = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private static SharedClasses made;

  private final Path archive;
  private final String jars;
  private final String classPath;

  private SharedClasses(Path archive, String jars, String classPath) {
    this.archive = archive;
    this.jars = jars;
    this.classPath = classPath;
  }

  /** Those of the classes as they are compiled now. */
  public static synchronized SharedClasses get() {
    if (made == null) {
      try {
        made = make();
        made.archive();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return made;
  }

  /** The options of a JVM that has the class path of the tests. */
  public List<String> options() {
    List<String> options = new ArrayList<>();
    if (Files.exists(archive)) {
      options.add("-XX:SharedArchiveFile=" + archive);
    }
    options.addAll(List.of("-cp", classPath));
    return options;
  }

  private static SharedClasses make() throws IOException {
    List<String> jars = new ArrayList<>();
    List<String> folders = new ArrayList<>();
    // an empty entry would be the working directory, with its routes/ once more
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (entry.endsWith(".jar")) {
        jars.add(entry);
      } else if (!entry.isEmpty() && !Path.of(entry).toAbsolutePath().equals(CLASSES)) {
        folders.add(entry);
      }
    }
    String key = Integer.toHexString((jars + Runtime.version().toString() + files()).hashCode());
    Path program = FOLDER.resolve("program-" + key + ".jar");
    Files.createDirectories(FOLDER);
    // once for all processes of the tests: an archive fits this very file, not one that is like it
    try (FileChannel lock = FileChannel.open(FOLDER.resolve("lock"), CREATE, WRITE);
        FileLock held = lock.lock()) {
      if (held.isValid() && !Files.exists(program)) {
        pack(program);
      }
    }
    jars.add(0, program.toString());
    String packed = String.join(File.pathSeparator, jars);
    folders.add(0, packed);
    return new SharedClasses(
        FOLDER.resolve("classes-" + key + ".jsa"),
        packed,
        String.join(File.pathSeparator, folders));
  }

  /** What the program is made of, with the time of each file. */
  private static List<String> files() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(CLASSES)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        found.add(file + " " + Files.getLastModifiedTime(file) + " " + Files.size(file));
      }
    }
    return found;
  }

  private static void pack(Path program) throws IOException {
    Path part = FOLDER.resolve(UUID.randomUUID() + ".part");
    try (OutputStream out = Files.newOutputStream(part);
        ZipOutputStream zip = new ZipOutputStream(out);
        Stream<Path> files = Files.walk(CLASSES)) {
      zip.setLevel(0);
      for (Path file : files.sorted().skip(1).toList()) {
        String name = CLASSES.relativize(file).toString().replace('\\', '/');
        zip.putNextEntry(new ZipEntry(Files.isDirectory(file) ? name + "/" : name));
        if (Files.isRegularFile(file)) {
          Files.copy(file, zip);
        }
      }
    }
    Files.move(part, program, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Has the archive made by a process that goes through much of the program, if nobody does yet.
   */
  private void archive() throws IOException {
    if (Files.exists(archive)) {
      return;
    }
    // it says that somebody is at it, for all processes of the tests
    Path begun = FOLDER.resolve(archive.getFileName() + ".begun");
    try {
      if (Files.exists(begun) && Files.getLastModifiedTime(begun).toInstant().isBefore(stale())) {
        Files.delete(begun);
      }
      Files.createFile(begun);
    } catch (FileAlreadyExistsException | NoSuchFileException e) {
      return;
    }
    Path part = FOLDER.resolve(UUID.randomUUID() + ".part");
    List<String> command = new ArrayList<>();
    command.add(ChildProcess.JAVA);
    command.addAll(LIGHT);
    command.addAll(
        List.of(
            "-XX:ArchiveClassesAtExit=" + part,
            "-Xlog:disable",
            "-cp",
            jars,
            BackupApp.class.getName(),
            "demo",
            "--once"));
    Process dump =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    dump.onExit()
        .thenAccept(
            ended -> {
              if (ended.exitValue() == 0 && Files.exists(part)) {
                part.toFile().renameTo(archive.toFile());
              }
            });
  }

  /** Whoever began before has ended without an archive. */
  private static Instant stale() {
    return Instant.now().minus(Duration.ofMinutes(5));
  }
}
