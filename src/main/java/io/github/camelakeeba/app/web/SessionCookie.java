package io.github.camelakeeba.app.web;

import jakarta.servlet.http.Cookie;
import java.util.List;
import java.util.function.IntSupplier;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.Request;

/**
 * The cookie that holds the id of a session. Cookies know no ports, so its name does: two services
 * of one machine don't sign each other's users out.
 *
 * @param port that the server listens on
 * @param tls whether this server speaks TLS itself
 */
record SessionCookie(IntSupplier port, boolean tls) {
  /** Browsers accept this prefix from no other host name and from no connection without TLS. */
  private static final String SECURE = "__Host-";

  private String name() {
    return "backup-session-" + port.getAsInt();
  }

  /** The ids that a request brings; more than one where another host of the domain has set one. */
  List<String> ids(Request request) {
    return Request.getCookies(request).stream()
        .filter(
            cookie ->
                cookie.getName().equals(SECURE + name()) || !tls && cookie.getName().equals(name()))
        .map(HttpCookie::getValue)
        .limit(4)
        .toList();
  }

  /**
   * Sets it.
   *
   * @param origin what the browser says where the page is: with TLS, if need be by a proxy
   */
  Cookie of(String id, String origin) {
    return cookie(id, origin, (int) Sessions.LIFETIME.toSeconds());
  }

  /** Removes it. */
  Cookie removed(String origin) {
    return cookie("", origin, 0);
  }

  private Cookie cookie(String value, String origin, int maxAge) {
    boolean secure = tls || origin != null && origin.startsWith("https://");
    Cookie cookie = new Cookie(secure ? SECURE + name() : name(), value);
    cookie.setHttpOnly(true);
    cookie.setSecure(secure);
    cookie.setPath("/");
    cookie.setMaxAge(maxAge);
    cookie.setAttribute("SameSite", "Strict");
    return cookie;
  }
}
