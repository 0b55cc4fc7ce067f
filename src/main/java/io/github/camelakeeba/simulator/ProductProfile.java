package io.github.camelakeeba.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelakeeba.simulator.http.HtmlErrorPages;
import io.github.camelakeeba.simulator.http.HttpReply;
import io.github.camelakeeba.simulator.http.PhpJson;
import java.util.LinkedHashMap;
import java.util.Map;

/** How the products differ where they were measured to differ (protocol, sections 1 and 5). */
enum ProductProfile {
  JOOMLA(
      "index.php",
      "option=com_akeebabackup&view=api&format=raw",
      "/srv/site/administrator/components/com_akeebabackup/backup",
      "charset=utf-8"),
  WORDPRESS(
      "wp-admin/admin-ajax.php",
      "action=akeebabackup_api",
      "/srv/site/wp-content/backups",
      "charset=UTF-8"),
  SOLO("index.php", "view=api&format=raw", "/srv/site/backups", "charset=UTF-8");

  private final String script;
  private final String query;
  private final String folder;
  private final String charset;

  ProductProfile(String script, String query, String folder, String charset) {
    this.script = script;
    this.query = query;
    this.folder = folder;
    this.charset = charset;
  }

  /** The endpoint below the site's address. */
  String endpoint() {
    return script + "?" + query;
  }

  /** Where the archives lie on the site. */
  String folder() {
    return folder;
  }

  /** What the names of the site's tables begin with. */
  String tablePrefix() {
    return joomla() ? "jos_" : this == WORDPRESS ? "wp_" : "solo_";
  }

  boolean joomla() {
    return this == JOOMLA;
  }

  /** What an address gets that is not that of the API. */
  HttpReply notFound() {
    return switch (this) {
      case WORDPRESS -> HttpReply.html(400, "0");
      default -> HttpReply.of(404, "text/html; charset=utf-8", HtmlErrorPages.NOT_FOUND);
    };
  }

  ObjectNode version() {
    ObjectNode version = PhpJson.object();
    version.put("api", joomla() ? 600 : 400);
    version.put("component", joomla() ? "10.2.1" : "9.1.1");
    version.put("date", "2025-12-11").put("edition", "pro");
    if (!joomla()) {
      version
          .putObject("updateinfo")
          .put("stuck", 0)
          .put("loadedUpdate", 0)
          .put("hasUpdate", false);
    }
    return version;
  }

  /** A JSON answer with the headers of this product. */
  HttpReply json(byte[] body) {
    return HttpReply.of(200, "application/json; " + charset, body).headers(headers());
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    if (joomla()) {
      headers.put("Expires", "Wed, 17 Aug 2005 00:00:00 GMT");
      headers.put(
          "Cache-Control", "no-store, no-cache, must-revalidate, post-check=0, pre-check=0");
      headers.put("Pragma", "no-cache");
      headers.put("Content-Disposition", "attachment; filename=\"joomla.json\"");
    } else {
      headers.put("X-Robots-Tag", "noindex");
      headers.put("X-Content-Type-Options", "nosniff");
      headers.put("Referrer-Policy", "strict-origin-when-cross-origin");
      headers.put("X-Frame-Options", "SAMEORIGIN");
      headers.put("Content-Security-Policy", "frame-ancestors 'self';");
      headers.put("Expires", "Wed, 11 Jan 1984 05:00:00 GMT");
      headers.put("Cache-Control", "no-cache, must-revalidate, max-age=0, no-store, private");
    }
    return headers;
  }
}
