package io.github.camelakeeba.site;

import java.util.regex.Pattern;

/**
 * Keys of later versions. They are refused with a sentence of their own: whoever copies them from a
 * newer example must not think of a typing error.
 */
final class LaterKeys {
  private static final Pattern KEYS =
      Pattern.compile("(/defaults|/sites/[^/]+)/(download|onServer)");

  private LaterKeys() {}

  static boolean contains(String pointer, String key) {
    return KEYS.matcher(Places.below(pointer, key)).matches();
  }
}
