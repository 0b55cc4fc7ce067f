package io.github.camelakeeba.config;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.SecretMasker;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An absolute address; hosts beyond ASCII in their {@code xn--} form. {@code uri} has no user
 * information, {@code userInfo} is {@code user:password}, decoded, or null.
 */
@Internal
public record AbsoluteUrl(URI uri, Secret userInfo) {
  // the last @ before path or query ends the user information
  private static final Pattern PARTS =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(?:([^/?#]*)@)?([^/?#@]*)([^#]*)(#.*)?");
  private static final Pattern HOST = Pattern.compile("(\\[[^\\]]*]|[^:\\[\\]]*)(:\\d{1,5})?");

  /** Throws {@link IllegalArgumentException} with what is wrong, never repeating the text. */
  public static AbsoluteUrl parse(String text, Set<String> schemes) {
    Matcher parts = PARTS.matcher(text.strip());
    String begin = String.join(":// or ", new TreeSet<>(schemes)) + "://";
    if (!parts.matches() || !schemes.contains(parts.group(1).toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("must begin with " + begin + " and a host");
    }
    if (parts.group(5) != null) {
      throw new IllegalArgumentException("must not have a fragment (#…); remove it");
    }
    String scheme = parts.group(1).toLowerCase(Locale.ROOT);
    try {
      URI uri = new URI(scheme + "://" + authority(parts.group(3)) + parts.group(4));
      if (uri.getHost() == null || uri.getPort() > 65535 || uri.getPort() == 0) {
        throw new IllegalArgumentException("has no valid host or port");
      }
      return new AbsoluteUrl(uri, credentials(parts.group(2)));
    } catch (URISyntaxException e) {
      // not as the cause: its text repeats the address
      throw new IllegalArgumentException(
          "must be a valid address; special characters percent-encoded, such as %20 for a space");
    }
  }

  /** Whether traffic can be read on the way: plain http, and not to this machine. */
  public static boolean isCleartext(URI uri) {
    return "http".equals(uri.getScheme())
        && !uri.getHost().matches("(?i)(.*\\.)?localhost|\\[::1]|127(\\.\\d+){3}");
  }

  private static String authority(String text) {
    Matcher host = HOST.matcher(text);
    if (!host.matches()) {
      throw new IllegalArgumentException("has no valid host or port");
    }
    String port = host.group(2) == null ? "" : host.group(2);
    try {
      return (host.group(1).startsWith("[") ? host.group(1) : IDN.toASCII(host.group(1))) + port;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("has no valid host or port", e);
    }
  }

  private static Secret credentials(String raw) {
    if (raw == null || raw.isEmpty()) {
      return null;
    }
    String decoded = decoded(raw);
    int colon = decoded.indexOf(':');
    if (colon < 1 || colon == decoded.length() - 1) {
      throw new IllegalArgumentException("must have user:password before the @, both not empty");
    }
    SecretMasker.add(raw);
    SecretMasker.add(decoded.substring(colon + 1));
    return new Secret(decoded);
  }

  private static String decoded(String raw) {
    try {
      // a plus sign is itself here, other than in a query
      return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "must have user:password percent-encoded, such as %25 for a percent sign");
    }
  }
}
