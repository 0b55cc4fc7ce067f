package io.github.camelakeeba.site;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The address of a site's JSON API, taken apart.
 *
 * @param url without user information
 * @param basicAuth {@code user:password}, or null
 */
record EndpointUrl(URI url, Secret basicAuth) {

  /** Throws {@link IllegalArgumentException} with what is wrong; no sentence holds a credential. */
  static EndpointUrl parse(String text) {
    WebAddress address = WebAddress.parse(text, Set.of("http", "https"));
    URI url = address.uri();
    refuseCredential(url);
    if (path(url).matches(".*/api(/index\\.php)?/v3/akeebabackup(/.*)?")) {
      throw new IllegalArgumentException(
          "is an endpoint of API v3, not supported by this version; write that of v2: "
              + base(url)
              + "index.php?option=com_akeebabackup&view=api&format=raw");
    }
    if (!isEndpoint(url)) {
      throw new IllegalArgumentException(noEndpoint(base(url)));
    }
    return new EndpointUrl(url, address.userInfo());
  }

  private static void refuseCredential(URI url) {
    if (query(url).containsKey("_akeebaauth")) {
      throw new IllegalArgumentException(
          "must not hold the secret (_akeebaAuth); write it under the key 'secret'");
    }
  }

  /** The table of endpoints: what each product answers at. */
  private static boolean isEndpoint(URI url) {
    Map<String, String> query = query(url);
    String path = path(url);
    String option = query.getOrDefault("option", "");
    if (path.matches(".*/api(/index\\.php)?/v2/akeebabackup/?") || path.endsWith("/remote.php")) {
      return true;
    }
    if (path.endsWith("/admin-ajax.php")) {
      return "akeebabackup_api".equals(query.get("action"));
    }
    return "api".equalsIgnoreCase(query.get("view"))
        && Set.of("", "com_akeebabackup", "com_akeeba").contains(option);
  }

  private static String noEndpoint(String base) {
    return "is the address of no API endpoint; write for Joomla "
        + base
        + "index.php?option=com_akeebabackup&view=api&format=raw or for WordPress "
        + base
        + "wp-admin/admin-ajax.php?action=akeebabackup_api or for Solo "
        + base
        + "remote.php";
  }

  /** The site's own address, as far as it can be guessed: without files and back-end folders. */
  private static String base(URI url) {
    String folder =
        path(url)
            .replaceFirst("/[^/]*\\.(php|html?)$", "/")
            .replaceFirst("/(wp-admin|administrator|api)(/.*)?$", "/");
    return url.getScheme()
        + "://"
        + url.getRawAuthority()
        + (folder.endsWith("/") ? folder : folder + "/");
  }

  private static String path(URI url) {
    return url.getRawPath() == null ? "" : url.getRawPath();
  }

  private static Map<String, String> query(URI url) {
    Map<String, String> query = new TreeMap<>();
    String raw = url.getRawQuery() == null ? "" : url.getRawQuery();
    for (String pair : raw.split("&")) {
      String[] parts = pair.split("=", 2);
      String key = URLDecoder.decode(parts[0], StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
      query.put(key, parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return query;
  }
}
