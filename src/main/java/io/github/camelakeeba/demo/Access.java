package io.github.camelakeeba.demo;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Behind which doors the API of a site is, and whom they let in (protocol, sections 2 and 3).
 * Without a word of a test: the door that the product has without a plugin.
 */
public final class Access {
  private static final String APPLICATION = "api/index.php/";
  private static final String RETIRED =
      "###{\"encapsulation\":1,\"body\":{\"status\":401,\"data\":\"\"}}###";

  private final Manner manner;
  private final Settings settings;
  private final Set<Door> open;
  private final Set<String> denied = ConcurrentHashMap.newKeySet();
  private volatile String token;
  private volatile boolean retired;
  private volatile boolean forbidden;
  private volatile boolean application;
  private volatile URI moved;
  private volatile int movedBy;

  /** A way to the API. */
  enum Door {
    APPLICATION_V3,
    APPLICATION_V2,
    COMPONENT,
    OLD_COMPONENT,
    AJAX,
    SOLO
  }

  Access(Manner manner, Settings settings) {
    this.manner = manner;
    this.settings = settings;
    this.application = manner.joomla();
    this.open =
        EnumSet.of(
            switch (manner) {
              case JOOMLA -> Door.COMPONENT;
              case WORDPRESS -> Door.AJAX;
              case SOLO -> Door.SOLO;
            });
  }

  /**
   * Joomla's plugin Web Services - Akeeba Backup is published; the token is let in, if not null.
   */
  public Access webServices(String userToken) {
    open.add(Door.APPLICATION_V2);
    open.add(Door.APPLICATION_V3);
    token = userToken;
    return this;
  }

  /** Nothing answers at the component's own address. */
  public Access withoutComponent() {
    open.remove(Door.COMPONENT);
    return this;
  }

  /** Joomla 3: the component has its old name, and there is no API application. */
  public Access oldName() {
    open.clear();
    open.add(Door.OLD_COMPONENT);
    application = false;
    return this;
  }

  /** Version 1 of the API, of before 2020, is all there is. */
  public Access retired() {
    retired = true;
    return this;
  }

  /** A rule of the web server forbids the API application. */
  public Access forbidden() {
    forbidden = true;
    return this;
  }

  /** The site has moved: each request is sent on to the same place below this address. */
  public Access movedTo(URI address) {
    return movedTo(address, 301);
  }

  /**
   * As above by this status, 301 to 308. What follows a 303 is a GET: whatever a POST had in its
   * body is lost (protocol, section 4).
   */
  public Access movedTo(URI address, int status) {
    movedBy = status;
    moved = address;
    return this;
  }

  /** The account of the token may not use this method. */
  public Access denies(String method) {
    denied.add(method.toLowerCase(Locale.ROOT));
    return this;
  }

  /** The door that a request stands at, or null. */
  Door door(RecordedRequest request, String path) {
    Map<String, String> query = request.query();
    Door door =
        switch (path) {
          case "index.php" -> component(query);
          case "wp-admin/admin-ajax.php" ->
              "akeebabackup_api".equals(query.get("action")) ? Door.AJAX : null;
          case "remote.php" -> Door.SOLO;
          case APPLICATION + "v2/akeebabackup" -> Door.APPLICATION_V2;
          default -> path.startsWith(APPLICATION + "v3/akeebabackup/") ? Door.APPLICATION_V3 : null;
        };
    return door != null && open.contains(door) ? door : null;
  }

  private static Door component(Map<String, String> query) {
    if (!"api".equalsIgnoreCase(query.get("view"))) {
      return null;
    }
    return switch (query.getOrDefault("option", "")) {
      case "com_akeebabackup" -> Door.COMPONENT;
      case "com_akeeba" -> Door.OLD_COMPONENT;
      case "" -> Door.SOLO;
      default -> null;
    };
  }

  /** What the web server itself answers before anything of Akeeba's is asked, or null. */
  Reply before(RecordedRequest request, String path) {
    if (moved != null) {
      return Reply.empty(movedBy).header("Location", moved + path + request.rawQuery());
    }
    boolean api = path.startsWith("api/");
    if (api && forbidden) {
      return Reply.html(403, Pages.gateway(403, "Forbidden"));
    }
    if (api && application && !request.header("accept").contains("json")) {
      return error(406, "Could not match accept header");
    }
    Door door = door(request, path);
    if (door == null) {
      return api && application ? error(404, "Resource not found") : manner.stranger();
    }
    return retired ? Reply.html(200, RETIRED) : null;
  }

  private static Reply error(int status, String title) {
    String document = "{\"errors\":[{\"title\":\"%s\",\"code\":%s}]}".formatted(title, status);
    return Reply.of(status, "application/vnd.api+json; charset=utf-8", document);
  }

  /** What a request is refused with that comes through a door: 503, 403, or 0 for nothing. */
  int refusal(RecordedRequest request, Door door) {
    if (!settings.apiEnabled) {
      return 503;
    }
    if (door != Door.APPLICATION_V3) {
      return secretFits(request) ? 0 : 503;
    }
    if (token == null || !request.header("x-joomla-token").equals(token)) {
      return 503;
    }
    return denied.contains(request.method().toLowerCase(Locale.ROOT)) ? 403 : 0;
  }

  /** The header wins, whatever the query says; the body is never looked at. */
  private boolean secretFits(RecordedRequest request) {
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
