package io.github.camelakeeba.config;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.secret.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a site in any shape that people paste: a page of its own or of its back end, or
 * the exact endpoint of its API.
 *
 * @param url the site's own address with a slash at its end, or the exact endpoint
 * @param basicAuth {@code user:password}, or null
 * @param endpoint the exact endpoint; null: it has to be searched for below {@code url}
 * @param product what the address says of the site; null: nothing
 * @param schemeOmitted https is taken, and no other
 * @param apiV1 whether an address of the retired API v1 was written
 */
@Internal
public record SiteAddress(
    URI url,
    Secret basicAuth,
    ApiEndpoint endpoint,
    AkeebaProduct product,
    boolean schemeOmitted,
    boolean apiV1) {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*");
  private static final Pattern BACK_END =
      Pattern.compile(
          "(.*?/)(administrator|api|wp-admin|wp-content|wp-includes|wp-json|wp-login\\.php|xmlrpc\\.php)(/.*)?");
  private static final Pattern FILE = Pattern.compile("(.*?/)[^/]*\\.(php|html?)(/.*)?");

  /** Throws {@link IllegalArgumentException} with what is wrong; no sentence holds a credential. */
  public static SiteAddress parse(String text) {
    String written = text.strip().replaceFirst("#.*$", ""); // the browser's own
    boolean bare = !SCHEME.matcher(written).matches();
    AbsoluteUrl address =
        AbsoluteUrl.parse(bare ? withScheme(written) : written, Set.of("http", "https"));
    URI url = address.uri();
    Map<String, String> query = ApiEndpoint.query(url);
    if (query.containsKey("_akeebaauth")) {
      throw new IllegalArgumentException(
          "must not hold the secret (_akeebaAuth); write it under the key 'secret'");
    }
    ApiEndpoint endpoint = ApiEndpoint.of(url);
    if (endpoint != null) {
      return new SiteAddress(
          endpoint.url(), address.userInfo(), endpoint, endpoint.product(), bare, false);
    }
    return new SiteAddress(
        base(url), address.userInfo(), null, product(url, query), bare, ApiEndpoint.isApiV1(query));
  }

  private static String withScheme(String written) {
    String bare = written.replaceFirst("^//", "");
    String host = bare.split("[/?]", 2)[0];
    if (host.isEmpty() || host.contains("@") || host.matches("(?i)(https?|ftp|mailto):.*")) {
      throw new IllegalArgumentException(
          "must be a site's address, such as https://shop.example.com or shop.example.com/blog");
    }
    return "https://" + bare;
  }

  /** Without files, back-end folders and query. */
  private static URI base(URI url) {
    String path = (url.getRawPath() + "/").replaceAll("/{2,}", "/");
    Matcher backEnd = BACK_END.matcher(path);
    Matcher file = FILE.matcher(path);
    if (backEnd.matches()) {
      path = backEnd.group(1);
    } else if (file.matches()) {
      path = file.group(1);
    }
    return URI.create(url.getScheme() + "://" + url.getRawAuthority() + path);
  }

  private static AkeebaProduct product(URI url, Map<String, String> query) {
    Matcher backEnd = BACK_END.matcher(url.getRawPath());
    if (backEnd.matches()) {
      String name = backEnd.group(2);
      return name.equals("administrator") || name.equals("api")
          ? AkeebaProduct.JOOMLA
          : AkeebaProduct.WORDPRESS;
    }
    return query.getOrDefault("option", "").startsWith("com_") ? AkeebaProduct.JOOMLA : null;
  }
}
