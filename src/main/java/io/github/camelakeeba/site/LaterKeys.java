package io.github.camelakeeba.site;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keys and words of later versions. They are refused with a sentence of their own: whoever copies
 * them from a newer example must not think of a typing error.
 */
final class LaterKeys {
  static final Set<String> CHANNEL_TYPES =
      Set.of(
          "slack", "mattermost", "discord", "teams", "telegram", "ntfy", "healthchecks", "camel");

  private static final Pattern KEYS =
      Pattern.compile(
          "/triggers"
              + "|(/defaults|/sites/[^/]+)/(token|tokenFile|download|onServer)"
              + "|/notify/\\d+/digest"
              + "|/channels/[^/]+/(secret|secretFile|uri|digest)");

  private LaterKeys() {}

  static boolean contains(String pointer, String key) {
    return KEYS.matcher(Places.below(pointer, key)).matches();
  }
}
