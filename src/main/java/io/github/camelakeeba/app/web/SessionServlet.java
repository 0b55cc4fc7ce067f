package io.github.camelakeeba.app.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.problem.ProblemDetail.Kind;
import io.github.camelakeeba.rest.Caller;
import io.github.camelakeeba.service.settings.ApiAccess;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.TreeSet;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signs in and out on the page: a token for a cookie. */
final class SessionServlet extends HttpServlet {
  static final String PATH = "/ui/session";
  static final String TOO_MANY_ATTEMPTS =
      "too many wrong tokens from this address; try again later";

  private static final Logger LOG = LoggerFactory.getLogger(SessionServlet.class);

  private final transient ApiAccess access;
  private final transient Sessions sessions;
  private final transient SessionCookie cookie;
  private final transient FailedAttempts attempts;
  private final transient ObjectMapper json = new ObjectMapper();

  SessionServlet(
      ApiAccess access, Sessions sessions, SessionCookie cookie, FailedAttempts attempts) {
    this.access = access;
    this.sessions = sessions;
    this.cookie = cookie;
    this.attempts = attempts;
  }

  /** Who is signed in: by whatever means. */
  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Caller caller = (Caller) request.getAttribute(Caller.PROPERTY);
    if (caller == null) {
      AccessFilter.reject(
          response, Kind.UNAUTHORIZED, "nobody is signed in; sign in with a token of this service");
    } else {
      write(response, caller);
    }
  }

  /** Signs in; who has a session gets a new one. */
  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!SameOrigin.isProved(request)) {
      AccessFilter.reject(
          response,
          Kind.OTHER_ORIGIN,
          "sign in on the page itself: the Origin must be the Host; a proxy must pass the Host on");
      return;
    }
    String token = token(request);
    if (token == null) {
      AccessFilter.reject(
          response, Kind.BAD_REQUEST, "send a JSON object with the token as text in its token");
      return;
    }
    InetAddress client = CallerHandler.client(core(request));
    CallerHandler.Attempt attempt = CallerHandler.attempt(token, client, access, attempts);
    if (attempt.retryAfter() > 0) {
      response.setHeader("Retry-After", String.valueOf(attempt.retryAfter()));
      AccessFilter.reject(response, Kind.TOO_MANY_ATTEMPTS, TOO_MANY_ATTEMPTS);
    } else if (attempt.caller() == null) {
      LOG.warn("a wrong token was tried on the page from {}", client.getHostAddress());
      AccessFilter.reject(response, Kind.UNAUTHORIZED, "this is no token of this service");
    } else {
      LOG.info(
          "{} signed in on the page from {}", attempt.caller().name(), client.getHostAddress());
      cookie.ids(core(request)).forEach(sessions::close);
      response.addCookie(cookie.of(sessions.open(attempt.caller()), request.getHeader("Origin")));
      write(response, attempt.caller());
    }
  }

  /** Signs out. */
  @Override
  protected void doDelete(HttpServletRequest request, HttpServletResponse response) {
    cookie.ids(core(request)).forEach(sessions::close);
    response.addCookie(cookie.removed(request.getHeader("Origin")));
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }

  /** No trace of a request's headers. */
  @Override
  protected void doTrace(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
  }

  private static Request core(HttpServletRequest request) {
    return ServletContextRequest.getServletContextRequest(request);
  }

  /** Null where the body is something else. */
  private String token(HttpServletRequest request) throws IOException {
    try {
      JsonNode token = json.readTree(request.getInputStream()).path("token");
      return token.isTextual() ? token.asText().strip() : null;
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      return null;
    }
  }

  private void write(HttpServletResponse response, Caller caller) throws IOException {
    response.setContentType("application/json");
    response
        .getOutputStream()
        .write(
            json.writeValueAsBytes(
                new Signed(caller.name(), caller.scope().word(), new TreeSet<>(caller.tags()))));
  }

  private record Signed(String name, String scope, TreeSet<String> tags) {}
}
