package io.github.camelakeeba.app.web;

import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/** What browsers are told with every answer. */
final class SecurityHeaders implements HttpConfiguration.Customizer {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'"
          + " data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'";
  private static final Map<String, String> ALWAYS =
      Map.of(
          "Content-Security-Policy", POLICY,
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin");

  private final boolean tls;

  SecurityHeaders(boolean tls) {
    this.tls = tls;
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable response) {
    put(response);
    if (tls) {
      response.put("Strict-Transport-Security", "max-age=31536000");
    }
    return request;
  }

  /** Also on an error, for which Jetty drops what was there. */
  static void put(HttpFields.Mutable response) {
    ALWAYS.forEach(response::put);
  }
}
