package io.github.camelakeeba.app.cli.setup;

import io.github.camelakeeba.config.SiteAddress;
import java.net.URI;
import java.util.Locale;

/** Where a site is, however its address was written: two sites with the same one are one. */
record SiteLocation(String host, int port, String path) {
  static SiteLocation of(SiteAddress address) {
    URI url = address.url();
    int port = url.getPort() >= 0 ? url.getPort() : "http".equals(url.getScheme()) ? 80 : 443;
    String path = url.getRawPath();
    if (address.endpoint() != null) {
      // what belongs to the endpoint, and not to the site
      path =
          path.replaceFirst("/(api|wp-admin|wp-content)/.*$", "/").replaceFirst("[^/]*\\.php$", "");
    }
    return new SiteLocation(
        url.getHost().toLowerCase(Locale.ROOT),
        port == 80 ? 443 : port, // most sites send http on to https
        path.isEmpty() ? "/" : path);
  }
}
