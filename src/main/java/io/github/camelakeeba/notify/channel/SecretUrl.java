package io.github.camelakeeba.notify.channel;

import io.github.camelakeeba.config.AbsoluteUrl;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.SecretMasker;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;

/**
 * The address of an HTTP channel, a credential: each part that a log could show is masked.
 *
 * @param authorization the header of this name, or null; {@code uri} has no user information
 */
record SecretUrl(URI uri, String authorization) {
  // a shorter path is no secret and would be masked in unrelated log lines
  private static final int MIN_SECRET_PATH_LENGTH = 12;
  private static final int MIN_SECRET_PART_LENGTH = 16;

  /** Of a URL that the configuration has accepted. */
  static SecretUrl of(Secret url) {
    AbsoluteUrl address = AbsoluteUrl.parse(url.reveal(), Set.of("http", "https"));
    registerSecrets(address.uri());
    return new SecretUrl(
        address.uri(),
        address.userInfo() == null ? null : basicAuthorization(address.userInfo().reveal()));
  }

  SecretUrl withPath(String path) {
    return new SecretUrl(URI.create(server() + path + query("?")), authorization);
  }

  SecretUrl withParameter(String parameter, String value) {
    String query = uri.getRawQuery() == null ? "?" : query("?") + "&";
    return new SecretUrl(
        URI.create(server() + uri.getRawPath() + query + parameter + "=" + value), authorization);
  }

  boolean hasParameter(String parameter) {
    return ("&" + query("")).contains("&" + parameter + "=");
  }

  private String server() {
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  private String query(String before) {
    return uri.getRawQuery() == null ? "" : before + uri.getRawQuery();
  }

  /** The request line in a log of the HTTP client shows path and query without the host. */
  private static void registerSecrets(URI uri) {
    String path = uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    if (path.length() >= MIN_SECRET_PATH_LENGTH) {
      SecretMasker.addWhole(path);
    }
    if (!query.isEmpty()) {
      SecretMasker.addWhole(path + "?" + query);
    }
    if (query.length() >= MIN_SECRET_PATH_LENGTH) {
      SecretMasker.addWhole(query);
    }
    for (String part : (path + "/" + query).split("[/?&=]|(?<=^|/)bot")) {
      if (part.length() >= MIN_SECRET_PART_LENGTH && part.matches(".*\\d.*")) {
        SecretMasker.add(part);
      }
    }
  }

  private static String basicAuthorization(String user) {
    return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
  }
}
