package io.github.camelakeeba.app.cli.setup;

import io.github.camelakeeba.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * What opens a site's API or a mail server.
 *
 * @param key the key that it stands under: {@code secret}, {@code token} or {@code password}
 * @param file where it was read from, or null: it was typed
 */
record Credential(String key, Secret value, Path file) {
  /** What Joomla's tokens are inside: an algorithm, the user's number, a hash. */
  private static final Pattern TOKEN = Pattern.compile("sha(256|512):\\d+:.+");

  /** A secret word, or a Joomla API token: it is known by its form. */
  static Credential typed(String text) {
    return new Credential(isToken(text.strip()) ? "token" : "secret", new Secret(text), null);
  }

  static boolean isToken(String text) {
    try {
      byte[] decoded = Base64.getDecoder().decode(text);
      return TOKEN.matcher(new String(decoded, StandardCharsets.ISO_8859_1)).matches();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** As people call it. */
  String word() {
    return key.equals("secret") ? "secret word" : key;
  }
}
