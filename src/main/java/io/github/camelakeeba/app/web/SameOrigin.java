package io.github.camelakeeba.app.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Objects;

/** Whether a call comes from a page of this service, as the browser says. */
final class SameOrigin {
  private static final String FETCH_SITE = "Sec-Fetch-Site";

  private SameOrigin() {}

  /** Whether the browser says that a page of another origin makes the call. */
  static boolean isDenied(HttpServletRequest request) {
    String site = request.getHeader(FETCH_SITE);
    return site != null && !site.equals("same-origin") && !site.equals("none");
  }

  /** Whether the browser says that it comes from our page; one that says nothing does not. */
  static boolean isProved(HttpServletRequest request) {
    String site = request.getHeader(FETCH_SITE);
    String origin = request.getHeader("Origin");
    return (site != null || origin != null)
        && (site == null || site.equals("same-origin"))
        && (origin == null || isOurs(origin, request.getHeader("Host")));
  }

  /** By the name and the port: with TLS or without, that is between the browser and a proxy. */
  private static boolean isOurs(String origin, String host) {
    String given = origin.toLowerCase(Locale.ROOT);
    String ours = Objects.requireNonNullElse(host, "").toLowerCase(Locale.ROOT);
    if (given.startsWith("https://")) {
      return given.substring("https://".length()).equals(ours.replaceFirst(":443$", ""));
    }
    return given.startsWith("http://")
        && given.substring("http://".length()).equals(ours.replaceFirst(":80$", ""));
  }
}
