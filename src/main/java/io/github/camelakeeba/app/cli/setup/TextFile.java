package io.github.camelakeeba.app.cli.setup;

import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.secret.UntrustedText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file of the user's, as text: UTF-8, with or without the byte order mark of Windows. */
final class TextFile {
  private TextFile() {}

  /** Throws {@link ConfigurationException} that names the file; at most so many KiB are read. */
  static String read(Path file, int maxKib) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(maxKib * 1024 + 1);
      if (bytes.length > maxKib * 1024) {
        throw wrong(file, "is too large; at most %s KiB".formatted(maxKib));
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes))
          .toString()
          .replaceFirst("^\uFEFF", "");
    } catch (IOException e) {
      throw wrong(file, "is not readable: " + reason(file, e));
    }
  }

  static ConfigurationException wrong(Path file, String sentence) {
    return new ConfigurationException(UntrustedText.oneLine(file.toString(), 200) + " " + sentence);
  }

  private static String reason(Path file, IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    return failure instanceof CharacterCodingException
        ? "not UTF-8 text"
        : Files.isDirectory(file) ? "it is a directory" : "input or output error";
  }
}
