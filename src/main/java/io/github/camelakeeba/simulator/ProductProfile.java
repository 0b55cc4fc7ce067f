package io.github.camelakeeba.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelakeeba.simulator.http.HtmlErrorPages;
import io.github.camelakeeba.simulator.http.HttpReply;
import io.github.camelakeeba.simulator.http.PhpJson;
import java.util.LinkedHashMap;
import java.util.Map;

/** How the products differ, as measured on Akeeba Backup 9 and 10. */
enum ProductProfile {
  JOOMLA(
      "index.php?option=com_akeebabackup&view=api&format=raw",
      "/srv/site/administrator/components/com_akeebabackup/backup",
      "jos_"),
  WORDPRESS(
      "wp-admin/admin-ajax.php?action=akeebabackup_api", "/srv/site/wp-content/backups", "wp_"),
  SOLO("index.php?view=api&format=raw", "/srv/site/backups", "solo_");
  final String endpoint; // below the site's address
  final String folder; // of the archives on the site
  final String tablePrefix;

  ProductProfile(String endpoint, String folder, String tablePrefix) {
    this.endpoint = endpoint;
    this.folder = folder;
    this.tablePrefix = tablePrefix;
  }

  boolean joomla() {
    return this == JOOMLA;
  }

  HttpReply notFound() {
    return this == WORDPRESS
        ? HttpReply.html(400, "0")
        : HttpReply.of(404, "text/html; charset=utf-8", HtmlErrorPages.NOT_FOUND);
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

  HttpReply json(byte[] body) {
    String charset = joomla() ? "utf-8" : "UTF-8";
    return HttpReply.of(200, "application/json; charset=" + charset, body).headers(headers());
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
