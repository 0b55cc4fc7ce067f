package io.github.camelakeeba.notify;

import io.github.camelakeeba.site.KnownSecrets;
import io.github.camelakeeba.site.Secret;
import io.github.camelakeeba.site.WebAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;

/**
 * The address of an HTTP channel. It is a credential: each part of it that a log could show alone
 * is known as a secret.
 *
 * @param uri without user information
 * @param login the header Authorization that its user information makes, or null
 */
record HttpAddress(URI uri, String login) {
  // a shorter path tells nothing and would be blotted out of unrelated log lines
  private static final int SECRET_PATH = 12;
  private static final int SECRET_PART = 16;

  /** Of a URL that the configuration has accepted. */
  static HttpAddress of(Secret url) {
    WebAddress address = WebAddress.parse(url.reveal(), Set.of("http", "https"));
    hide(address.uri());
    return new HttpAddress(
        address.uri(), address.userInfo() == null ? null : basic(address.userInfo().reveal()));
  }

  /** The same server with another path; the query stays. */
  HttpAddress withPath(String path) {
    return new HttpAddress(URI.create(server() + path + query("?")), login);
  }

  /** The same with one more parameter in its query. */
  HttpAddress with(String parameter, String value) {
    String query = uri.getRawQuery() == null ? "?" : query("?") + "&";
    return new HttpAddress(
        URI.create(server() + uri.getRawPath() + query + parameter + "=" + value), login);
  }

  /** Whether the query has the parameter. */
  boolean has(String parameter) {
    return ("&" + query("")).contains("&" + parameter + "=");
  }

  /** As it is called, in clear. */
  String clear() {
    return uri.toString();
  }

  private String server() {
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  private String query(String before) {
    return uri.getRawQuery() == null ? "" : before + uri.getRawQuery();
  }

  /** The request line in a log of the HTTP client shows path and query without the host. */
  private static void hide(URI uri) {
    String path = uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    if (path.length() >= SECRET_PATH) {
      KnownSecrets.addWhole(path);
    }
    if (!query.isEmpty()) {
      KnownSecrets.addWhole(path + "?" + query);
    }
    if (query.length() >= SECRET_PATH) {
      KnownSecrets.addWhole(query);
    }
    for (String part : (path + "/" + query).split("[/?&=]|(?<=^|/)bot")) {
      if (part.length() >= SECRET_PART && part.matches(".*\\d.*")) {
        KnownSecrets.add(part);
      }
    }
  }

  private static String basic(String user) {
    byte[] bytes = user.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }
}
