package io.github.camelakeeba.app.web;

import io.github.camelakeeba.problem.ProblemDetail;
import io.github.camelakeeba.problem.ProblemDetail.Kind;
import io.github.camelakeeba.secret.Secret;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Guards the API before Camel sees a request: the token, a bounded body. The health page and the
 * metrics are public; a webhook is authenticated by its own secret.
 */
final class TokenFilter extends HttpFilter {
  private static final Pattern PUBLIC_PATHS = Pattern.compile("/observe/(health(/.*)?|metrics)");
  static final int MAX_BODY_LENGTH = 64 * 1024;

  private final transient Secret token;
  private final Set<String> hooks;

  /** Without a token (null) only the hooks, by their paths, are open. */
  TokenFilter(Secret token, Set<String> hooks) {
    this.token = token;
    this.hooks = Set.copyOf(hooks);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    response.setHeader("Cache-Control", "no-store");
    // without dots and parameters, as the routes see it: the URI itself may seem to be another
    String path = String.valueOf(request.getPathInfo());
    boolean hook = hooks.contains(path);
    boolean open = hook || PUBLIC_PATHS.matcher(path).matches();
    if (token == null && !hook) {
      reject(response, Kind.API_OFF, "the HTTP API is off: backup.api.token is not set");
    } else if (!open && !authorized(token, request.getHeader("Authorization"))) {
      response.setHeader("WWW-Authenticate", "Bearer");
      reject(
          response,
          Kind.UNAUTHORIZED,
          "send the header 'Authorization: Bearer <backup.api.token>'");
    } else if (request.getContentLengthLong() > MAX_BODY_LENGTH) {
      reject(response, Kind.TOO_LARGE, "the body is longer than 64 KiB");
    } else if (request.getContentLengthLong() < 0
        && request.getHeader("Transfer-Encoding") != null) {
      reject(response, Kind.LENGTH_REQUIRED, "send the body with a Content-Length");
    } else if (request.getHeader("Content-Encoding") != null) {
      // Camel would inflate it, whatever its length then is
      reject(response, Kind.ENCODED, "send the body without a Content-Encoding");
    } else {
      chain.doFilter(request, response);
    }
  }

  /** Whether this value of the header Authorization holds the token, which may be null. */
  static boolean authorized(Secret token, String header) {
    if (token == null) {
      return false;
    }
    byte[] wanted = ("Bearer " + token.reveal()).getBytes(StandardCharsets.UTF_8);
    byte[] given = (header == null ? "" : header).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(wanted, given); // takes the same time wherever they differ
  }

  private static void reject(HttpServletResponse response, Kind kind, String detail)
      throws IOException {
    response.setStatus(kind.status());
    response.setContentType(ProblemDetail.MEDIA_TYPE);
    // a writer would add a charset to the type
    response.getOutputStream().write(ProblemErrorHandler.of(kind, detail));
  }
}
