package io.github.camelakeeba.simulator;

import io.github.camelakeeba.simulator.http.HtmlErrorPages;
import io.github.camelakeeba.simulator.http.HttpReply;
import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A site's endpoints and the credentials they accept; at first the one that needs no plugin. */
public final class AuthRules {
  private static final String APPLICATION = "api/index.php/";
  private static final String API_V1_ERROR =
      "###{\"encapsulation\":1,\"body\":{\"status\":401,\"data\":\"\"}}###";
  private static final Map<String, EntryPoint> COMPONENTS =
      Map.of(
          "com_akeebabackup", EntryPoint.COMPONENT,
          "com_akeeba", EntryPoint.OLD_COMPONENT,
          "", EntryPoint.SOLO);

  private final SimulatorSettings settings;
  private final Set<EntryPoint> open;
  private final Set<String> denied = ConcurrentHashMap.newKeySet();
  private volatile String token;
  private volatile boolean retired;
  private volatile boolean forbidden;
  private volatile boolean application;
  private volatile URI moved;
  private volatile int redirectStatus;

  enum EntryPoint {
    APPLICATION_V3,
    APPLICATION_V2,
    COMPONENT,
    OLD_COMPONENT,
    AJAX,
    SOLO
  }

  AuthRules(SimulatorSettings settings) {
    this.settings = settings;
    this.application = settings.product.joomla();
    this.open =
        EnumSet.of(
            switch (settings.product) {
              case JOOMLA -> EntryPoint.COMPONENT;
              case WORDPRESS -> EntryPoint.AJAX;
              case SOLO -> EntryPoint.SOLO;
            });
  }

  /** Joomla's plugin Web Services - Akeeba Backup is published; null: no token is accepted. */
  public AuthRules webServices(String userToken) {
    open.add(EntryPoint.APPLICATION_V2);
    open.add(EntryPoint.APPLICATION_V3);
    token = userToken;
    return this;
  }

  public AuthRules withoutComponent() {
    open.remove(EntryPoint.COMPONENT);
    return this;
  }

  /** Joomla 3: the component has its old name, and there is no API application. */
  public AuthRules legacyComponent() {
    open.clear();
    open.add(EntryPoint.OLD_COMPONENT);
    application = false;
    return this;
  }

  /** The site has version 1 of the API only, of before 2020. */
  public AuthRules retired() {
    retired = true;
    return this;
  }

  /** A rule of the web server forbids the API application. */
  public AuthRules forbidden() {
    forbidden = true;
    return this;
  }

  /** The site has moved: each request is redirected to the same path below this address. */
  public AuthRules movedTo(URI address) {
    return movedTo(address, 301);
  }

  /** As above by this status, 301 to 308. After a 303 a client sends a GET, without the body. */
  public AuthRules movedTo(URI address, int status) {
    redirectStatus = status;
    moved = address;
    return this;
  }

  public AuthRules deniesMethod(String method) {
    denied.add(method.toLowerCase(Locale.ROOT));
    return this;
  }

  /** The endpoint that a request addresses, or null. */
  EntryPoint entryPoint(RecordedRequest request, String path) {
    Map<String, String> query = request.query();
    EntryPoint entryPoint =
        switch (path) {
          case "index.php" ->
              "api".equalsIgnoreCase(query.get("view"))
                  ? COMPONENTS.get(query.getOrDefault("option", ""))
                  : null;
          case "wp-admin/admin-ajax.php" ->
              "akeebabackup_api".equals(query.get("action")) ? EntryPoint.AJAX : null;
          case "remote.php" -> EntryPoint.SOLO;
          case APPLICATION + "v2/akeebabackup" -> EntryPoint.APPLICATION_V2;
          default ->
              path.startsWith(APPLICATION + "v3/akeebabackup/") ? EntryPoint.APPLICATION_V3 : null;
        };
    return entryPoint != null && open.contains(entryPoint) ? entryPoint : null;
  }

  /** What the web server answers itself, or null: the request reaches Akeeba Backup. */
  HttpReply webServerReply(RecordedRequest request, String path) {
    if (moved != null) {
      return HttpReply.empty(redirectStatus).header("Location", moved + path + request.rawQuery());
    }
    boolean api = path.startsWith("api/");
    if (api && forbidden) {
      return HttpReply.html(403, HtmlErrorPages.gateway(403, "Forbidden"));
    }
    if (api && application && !request.header("accept").contains("json")) {
      return error(406, "Could not match accept header");
    }
    if (entryPoint(request, path) == null) {
      return api && application ? error(404, "Resource not found") : settings.product.notFound();
    }
    return retired ? HttpReply.html(200, API_V1_ERROR) : null;
  }

  private static HttpReply error(int status, String title) {
    String document = "{\"errors\":[{\"title\":\"%s\",\"code\":%s}]}".formatted(title, status);
    return HttpReply.of(status, "application/vnd.api+json; charset=utf-8", document);
  }

  /** The status with which a request is rejected, 503 or 403; 0: it is accepted. */
  int rejectionStatus(RecordedRequest request, EntryPoint entryPoint) {
    if (!settings.apiEnabled) {
      return 503;
    }
    if (entryPoint != EntryPoint.APPLICATION_V3) {
      return isSecretValid(request) ? 0 : 503;
    }
    if (token == null || !request.header("x-joomla-token").equals(token)) {
      return 503;
    }
    return denied.contains(request.method().toLowerCase(Locale.ROOT)) ? 403 : 0;
  }

  /** The header wins, whatever the query says; the body is never read. */
  private boolean isSecretValid(RecordedRequest request) {
    String query = request.query().getOrDefault("_akeebaAuth", "");
    String given = request.headers().getOrDefault("x-akeeba-auth", query);
    return !given.isEmpty() && given.equals(settings.secret);
  }

  /** How many of Akeeba's credentials a request carries; a correct client sends one. */
  static int credentials(RecordedRequest request) {
    return (int)
        (List.of("x-akeeba-auth", "x-joomla-token").stream()
                .filter(request.headers()::containsKey)
                .count()
            + (request.query().containsKey("_akeebaAuth") ? 1 : 0)
            + (request.header("authorization").startsWith("Bearer ") ? 1 : 0));
  }
}
