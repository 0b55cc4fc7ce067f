package io.github.camelakeeba.config.yaml;

import io.github.camelakeeba.config.SignatureSettings;
import io.github.camelakeeba.secret.Secret;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Reads a secret from its key, or from the file that the key's {@code …File} twin names. */
final class SecretReader {
  private static final int MAX_FILE_BYTES = 64 * 1024;

  private final Path home;

  /** Relative names of files start at the home directory. */
  SecretReader(Path home) {
    this.home = home;
  }

  /** The secret or null; both keys in one mapping are reported. */
  Secret read(ConfigSection section, String key) {
    return read(section, key, Secret::new);
  }

  /** The same of an address: the secrets in it are masked by themselves. */
  Secret address(ConfigSection section, String key) {
    return read(section, key, Secret::address);
  }

  /** The same, but for a word that may stand in its place, which is no secret. */
  Secret address(ConfigSection section, String key, String word) {
    return read(
        section,
        key,
        text -> text.strip().equals(word) ? Secret.unmasked(word) : Secret.address(text));
  }

  Secret endpoint(ConfigSection section, String key, String example) {
    Secret uri = address(section, key);
    if (uri != null && !uri.reveal().matches("[A-Za-z][A-Za-z0-9+.-]*:.+")) {
      section.problem(
          section.keyOrFile(key), "must be the URI of a Camel endpoint, such as " + example);
    }
    return uri;
  }

  /** The same of a password that may begin or end with white space; a file's last line ends. */
  Secret password(ConfigSection section, String key) {
    return read(section, key, text -> Secret.verbatim(text.replaceFirst("[\\r\\n]+$", "")));
  }

  /** The same of a value that may be a common word. */
  Secret unmasked(ConfigSection section, String key) {
    return read(section, key, Secret::unmasked);
  }

  SignatureSettings signature(ConfigSection section) {
    SignatureSettings.Form form = section.word("signature", SignatureSettings.Form.class);
    Secret secret = signingKey(section, "secret", form);
    Secret previous = signingKey(section, "previousSecret", form);
    if (!section.hasKeyOrFile("secret")) {
      for (String key : List.of("signature", section.keyOrFile("previousSecret"))) {
        if (section.has(key)) {
          section.problem(key, "is set without 'secret' or 'secretFile'");
        }
      }
    }
    return new SignatureSettings(form, secret, previous);
  }

  private Secret signingKey(ConfigSection section, String key, SignatureSettings.Form form) {
    Secret secret = read(section, key);
    if (secret != null && form != null && form.standard()) {
      section.parsed(section.keyOrFile(key), any -> SignatureSettings.standardKey(secret));
    }
    return secret;
  }

  private Secret read(ConfigSection section, String key, Function<String, Secret> maker) {
    String twin = key + "File";
    ConfigSection holder = section.definingSection(key, twin);
    if (holder == null) {
      return null;
    }
    boolean own = holder.definingSection(key) == holder;
    if (own && holder.definingSection(twin) == holder) {
      holder.problem(twin, "is set beside '" + key + "'; keep one of the two");
      return null;
    }
    Function<String, Secret> checked = text -> maker.apply(checked(text));
    return own ? holder.parsed(key, checked) : holder.parsed(twin, name -> file(name, checked));
  }

  private static String checked(String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("is empty");
    }
    if (value.strip().chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("must be one line without control characters");
    }
    return value;
  }

  private Secret file(String name, Function<String, Secret> maker) {
    try {
      Path file = home.resolve(name);
      if (Files.isDirectory(file)) {
        throw new IllegalArgumentException("is a directory; it must be a file with one line");
      }
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new IllegalArgumentException("is too large for a secret; at most 64 KiB");
      }
      // editors of Windows begin a file with a byte order mark
      return inFile(Files.readString(file).replaceFirst("^\uFEFF", ""), maker);
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException("is not readable: " + reason(e), e);
    }
  }

  private static Secret inFile(String text, Function<String, Secret> maker) {
    try {
      return maker.apply(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is a file whose text " + e.getMessage(), e);
    }
  }

  /** Why a file cannot be read, without its path. */
  static String reason(Exception failure) {
    if (failure instanceof NoSuchFileException) {
      return "no such file; a relative name starts at the home directory";
    }
    return failure instanceof AccessDeniedException
        ? "permission denied"
        : failure instanceof CharacterCodingException ? "not UTF-8 text" : "input or output error";
  }
}
