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

/**
 * Behind which doors the API of a site is, and whom they let in (protocol, sections 2 and 3).
 * Without a setting of a test: the endpoint that the product has without a plugin.
 */
public final class AuthRules {
  private static final String APPLICATION = "api/index.php/";
  private static final String RETIRED =
      "###{\"encapsulation\":1,\"body\":{\"status\":401,\"data\":\"\"}}###";

  private final ProductProfile manner;
  private final SimulatorSettings settings;
  private final Set<EntryPoint> open;
  private final Set<String> denied = ConcurrentHashMap.newKeySet();
  private volatile String token;
  private volatile boolean retired;
  private volatile boolean forbidden;
  private volatile boolean application;
  private volatile URI moved;
  private volatile int movedBy;

  /** A way to the API. */
  enum EntryPoint {
    APPLICATION_V3,
    APPLICATION_V2,
    COMPONENT,
    OLD_COMPONENT,
    AJAX,
    SOLO
  }

  AuthRules(ProductProfile manner, SimulatorSettings settings) {
    this.manner = manner;
    this.settings = settings;
    this.application = manner.joomla();
    this.open =
        EnumSet.of(
            switch (manner) {
              case JOOMLA -> EntryPoint.COMPONENT;
              case WORDPRESS -> EntryPoint.AJAX;
              case SOLO -> EntryPoint.SOLO;
            });
  }

  /**
   * Joomla's plugin Web Services - Akeeba Backup is published; the token is let in, if not null.
   */
  public AuthRules webServices(String userToken) {
    open.add(EntryPoint.APPLICATION_V2);
    open.add(EntryPoint.APPLICATION_V3);
    token = userToken;
    return this;
  }

  /** Nothing answers at the component's own address. */
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

  /** Version 1 of the API, of before 2020, is all there is. */
  public AuthRules retired() {
    retired = true;
    return this;
  }

  /** A rule of the web server forbids the API application. */
  public AuthRules forbidden() {
    forbidden = true;
    return this;
  }

  /** The site has moved: each request is sent on to the same place below this address. */
  public AuthRules movedTo(URI address) {
    return movedTo(address, 301);
  }

  /**
   * As above by this status, 301 to 308. What follows a 303 is a GET: whatever a POST had in its
   * body is lost (protocol, section 4).
   */
  public AuthRules movedTo(URI address, int status) {
    movedBy = status;
    moved = address;
    return this;
  }

  /** The account of the token may not use this method. */
  public AuthRules deniesMethod(String method) {
    denied.add(method.toLowerCase(Locale.ROOT));
    return this;
  }

  /** The endpoint that a request addresses, or null. */
  EntryPoint entryPoint(RecordedRequest request, String path) {
    Map<String, String> query = request.query();
    EntryPoint door =
        switch (path) {
          case "index.php" -> component(query);
          case "wp-admin/admin-ajax.php" ->
              "akeebabackup_api".equals(query.get("action")) ? EntryPoint.AJAX : null;
          case "remote.php" -> EntryPoint.SOLO;
          case APPLICATION + "v2/akeebabackup" -> EntryPoint.APPLICATION_V2;
          default ->
              path.startsWith(APPLICATION + "v3/akeebabackup/") ? EntryPoint.APPLICATION_V3 : null;
        };
    return door != null && open.contains(door) ? door : null;
  }

  private static EntryPoint component(Map<String, String> query) {
    if (!"api".equalsIgnoreCase(query.get("view"))) {
      return null;
    }
    return switch (query.getOrDefault("option", "")) {
      case "com_akeebabackup" -> EntryPoint.COMPONENT;
      case "com_akeeba" -> EntryPoint.OLD_COMPONENT;
      case "" -> EntryPoint.SOLO;
      default -> null;
    };
  }

  /** What the web server itself answers before anything of Akeeba's is asked, or null. */
  HttpReply webServerReply(RecordedRequest request, String path) {
    if (moved != null) {
      return HttpReply.empty(movedBy).header("Location", moved + path + request.rawQuery());
    }
    boolean api = path.startsWith("api/");
    if (api && forbidden) {
      return HttpReply.html(403, HtmlErrorPages.gateway(403, "Forbidden"));
    }
    if (api && application && !request.header("accept").contains("json")) {
      return error(406, "Could not match accept header");
    }
    EntryPoint door = entryPoint(request, path);
    if (door == null) {
      return api && application ? error(404, "Resource not found") : manner.notFound();
    }
    return retired ? HttpReply.html(200, RETIRED) : null;
  }

  private static HttpReply error(int status, String title) {
    String document = "{\"errors\":[{\"title\":\"%s\",\"code\":%s}]}".formatted(title, status);
    return HttpReply.of(status, "application/vnd.api+json; charset=utf-8", document);
  }

  /** What a request through an endpoint is rejected with: 503, 403, or 0 for nothing. */
  int refusal(RecordedRequest request, EntryPoint door) {
    if (!settings.apiEnabled) {
      return 503;
    }
    if (door != EntryPoint.APPLICATION_V3) {
      return isSecretValid(request) ? 0 : 503;
    }
    if (token == null || !request.header("x-joomla-token").equals(token)) {
      return 503;
    }
    return denied.contains(request.method().toLowerCase(Locale.ROOT)) ? 403 : 0;
  }

  /** The header wins, whatever the query says; the body is never read. */
  private boolean isSecretValid(RecordedRequest request) {
    String given =
        request.headers().containsKey("x-akeeba-auth")
            ? request.header("x-akeeba-auth")
            : request.query().getOrDefault("_akeebaAuth", "");
    return !given.isEmpty() && given.equals(settings.secret);
  }

  /** How many credentials of Akeeba's a request carries; a right client sends one. */
  static int credentials(RecordedRequest request) {
    return (int)
        (List.of("x-akeeba-auth", "x-joomla-token").stream()
                .filter(request.headers()::containsKey)
                .count()
            + (request.query().containsKey("_akeebaAuth") ? 1 : 0)
            + (request.header("authorization").startsWith("Bearer ") ? 1 : 0));
  }
}
