package io.github.camelakeeba.service;

import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.secret.OwnerOnlyFile;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.UntrustedText;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * How the commands of a home reach its running serve: {@code data/api.token} and {@code
 * data/api.port}. A lock on the latter says that the serve lives; the operating system releases it
 * however the process ends, so the files of one that was killed mislead nobody.
 */
public final class ServeFiles implements AutoCloseable {
  private static final String TOKEN_FILE = "api.token";
  private static final String PORT_FILE = "api.port";

  /** Far behind the text: Windows lets nobody read a locked byte. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private final Path data;
  private final Secret token;
  private final FileChannel lock;

  /** The serve of a home, for its commands. */
  public record Serve(URI address, Secret token) {}

  private ServeFiles(Path data, Secret token, FileChannel lock) {
    this.data = data;
    this.token = token;
    this.lock = lock;
  }

  /**
   * Writes them anew, for this process. Throws {@link ConfigurationException} where the folder is
   * not this user's to write.
   */
  public static ServeFiles write(Home home, int port, Secret token) {
    Path data = home.data();
    try {
      OwnerOnlyFile.createFolder(data);
      delete(data);
      try (FileChannel file = OwnerOnlyFile.create(data.resolve(TOKEN_FILE))) {
        write(file, token.reveal());
      }
      FileChannel file = OwnerOnlyFile.create(data.resolve(PORT_FILE));
      write(file, String.valueOf(port));
      file.lock(LOCKED_BYTE, 1, false); // waits for a command that looks at this moment
      return new ServeFiles(data, token, file);
    } catch (IOException e) {
      ConfigurationException wrong =
          new ConfigurationException(
              "data/%s: can't be written (%s); the folder %s must belong to the user that 'serve' runs as"
                  .formatted(TOKEN_FILE, reason(e), data));
      wrong.initCause(e);
      throw wrong;
    }
  }

  private static void write(FileChannel file, String line) throws IOException {
    ByteBuffer bytes = StandardCharsets.US_ASCII.encode(line + "\n");
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  private static void delete(Path data) throws IOException {
    Files.deleteIfExists(data.resolve(PORT_FILE));
    Files.deleteIfExists(data.resolve(TOKEN_FILE));
  }

  /**
   * The serve of this home that runs; empty: there is none, or it does not listen yet. Throws
   * {@link ConfigurationException} where only another user may know.
   */
  public static Optional<Serve> find(Home home) {
    Path port = home.data().resolve(PORT_FILE);
    try (FileChannel file = FileChannel.open(port, StandardOpenOption.READ)) {
      if (!locked(file)) {
        return Optional.empty();
      }
      String number =
          new String(Channels.newInputStream(file).readAllBytes(), StandardCharsets.US_ASCII);
      String token = Files.readString(home.data().resolve(TOKEN_FILE));
      return Optional.of(
          new Serve(URI.create("http://127.0.0.1:" + number.strip()), new Secret(token)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      ConfigurationException wrong =
          new ConfigurationException(
              "data/%s: can't be read (%s); a 'serve' of this home may be running: give the command as its user"
                  .formatted(PORT_FILE, reason(e)));
      wrong.initCause(e);
      throw wrong;
    }
  }

  /** Asks for a lock that other commands may have, too, so that they see no serve in each other. */
  private static boolean locked(FileChannel file) throws IOException {
    try {
      return file.tryLock(LOCKED_BYTE, 1, true) == null;
    } catch (OverlappingFileLockException e) {
      return true; // the serve is in this process
    }
  }

  private static String reason(IOException e) {
    return e instanceof AccessDeniedException
        ? "permission denied"
        : e instanceof FileSystemException of && of.getReason() != null
            ? of.getReason()
            : UntrustedText.asCause(e.toString());
  }

  /** Removes them, unless another serve of this home has written its own since. */
  @Override
  public void close() throws IOException {
    try (lock) {
      if (Files.readString(data.resolve(TOKEN_FILE)).strip().equals(token.reveal())) {
        delete(data);
      }
    } catch (NoSuchFileException e) {
      // somebody has removed them already
    }
  }
}
