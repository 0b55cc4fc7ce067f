package io.github.camelakeeba.app.web;

import io.github.camelakeeba.app.web.ListenAddress.Area;
import io.github.camelakeeba.problem.ProblemDetail;
import io.github.camelakeeba.problem.ProblemDetail.Kind;
import io.github.camelakeeba.rest.Caller;
import io.github.camelakeeba.rest.OperationScopes;
import io.github.camelakeeba.rest.OperationScopes.Rule;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Guards the API before Camel sees a request: the name that it is called by, who calls, what that
 * may, a bounded body. The page's files, the health page and the metrics are public; a webhook is
 * authenticated by its own secret.
 */
final class AccessFilter extends HttpFilter {
  static final int MAX_BODY_LENGTH = 64 * 1024;
  private static final Pattern PUBLIC_PATHS =
      Pattern.compile("/observe/(health(/.*)?|metrics)|/badge/[^/]+");
  private static final String BADGES = "/badge/";
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  /** Why a request goes no further. */
  record Refusal(Kind kind, String detail) {}

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    response.setHeader("Cache-Control", "no-store");
    // without dots and parameters, as the routes see it: the URI itself may seem to be another
    String path = request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
    if (path.startsWith(BADGES)) { // pages of others show them
      response.setHeader("Cache-Control", "public, max-age=30");
      response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
    }
    Refusal refusal = refusal(request, path);
    if (refusal == null) {
      chain.doFilter(request, response);
    } else {
      reject(response, refusal.kind, refusal.detail);
    }
  }

  private static Refusal refusal(HttpServletRequest request, String path) {
    ListenAddress address = (ListenAddress) request.getAttribute(ListenAddress.class.getName());
    Refusal refusal = address.refusal(path);
    if (refusal != null) {
      return refusal;
    }
    if (!address.isHook(path) && !PUBLIC_PATHS.matcher(path).matches()) {
      refusal = hostRefusal(address, request);
      if (refusal == null && !PageServlet.serves(path)) { // to which anybody may link
        refusal = originRefusal(request, path);
        if (refusal == null && !path.equals(SessionServlet.PATH)) {
          refusal = callerRefusal(request, path);
        }
      }
    }
    return refusal == null ? bodyRefusal(request) : refusal;
  }

  private static Refusal hostRefusal(ListenAddress address, HttpServletRequest request) {
    boolean program =
        !address.opens(Area.COMMANDS) // ours knows the address
            && CallerHandler.bringsToken(request.getHeader("Authorization"));
    return program || address.names().contains(request.getServerName())
        ? null
        : new Refusal(
            Kind.FOREIGN_HOST,
            "this service does not know itself by the name in the address; if it is right, add it"
                + " to backup.api.hosts");
  }

  /** Of what a browser may be made to send by somebody else's page. */
  private static Refusal originRefusal(HttpServletRequest request, String path) {
    if (!CallerHandler.isAmbient(request.getAttribute(CallerHandler.ambientAttribute()))) {
      return null;
    }
    if (SameOrigin.isDenied(request)) {
      return new Refusal(Kind.OTHER_ORIGIN, "a page of another site may not use your session");
    }
    boolean signsIn = path.equals(SessionServlet.PATH) && request.getMethod().equals("POST");
    if (READING.contains(request.getMethod()) || signsIn) { // of which the servlet asks the origin
      return null;
    }
    return SameOrigin.isProved(request) && "1".equals(request.getHeader("X-Backup-Request"))
        ? null
        : new Refusal(
            Kind.OTHER_ORIGIN,
            "a call with a session that changes something needs the header X-Backup-Request: 1 and"
                + " an Origin that is the Host; a proxy must pass the Host on");
  }

  private static Refusal callerRefusal(HttpServletRequest request, String path) {
    Caller caller = (Caller) request.getAttribute(Caller.PROPERTY);
    if (caller == null) {
      return new Refusal(
          Kind.UNAUTHORIZED,
          "send the header 'Authorization: Bearer <backup.api.token>', or sign in on the page");
    }
    Rule rule = OperationScopes.rule(request.getMethod(), path);
    if (!caller.scope().includes(rule.scope())) {
      return new Refusal(
          Kind.NOT_ALLOWED,
          "this call needs a token with the scope %s; the scope of yours is %s"
              .formatted(rule.scope().word(), caller.scope().word()));
    }
    return rule.wholeService() && !caller.tags().isEmpty()
        ? new Refusal(
            Kind.NOT_ALLOWED, "this call concerns all sites; it needs a token without tags")
        : null;
  }

  private static Refusal bodyRefusal(HttpServletRequest request) {
    if (request.getContentLengthLong() > MAX_BODY_LENGTH) {
      return new Refusal(Kind.TOO_LARGE, "the body is longer than 64 KiB");
    }
    if (request.getContentLengthLong() < 0 && request.getHeader("Transfer-Encoding") != null) {
      return new Refusal(Kind.LENGTH_REQUIRED, "send the body with a Content-Length");
    }
    // Camel would inflate it, whatever its length then is
    return request.getHeader("Content-Encoding") == null
        ? null
        : new Refusal(Kind.ENCODED, "send the body without a Content-Encoding");
  }

  static void reject(HttpServletResponse response, Kind kind, String detail) throws IOException {
    if (kind == Kind.UNAUTHORIZED) {
      response.setHeader("WWW-Authenticate", "Bearer");
    }
    response.setStatus(kind.status());
    response.setContentType(ProblemDetail.MEDIA_TYPE);
    // a writer would add a charset to the type
    response.getOutputStream().write(ProblemErrorHandler.of(kind, detail));
  }
}
