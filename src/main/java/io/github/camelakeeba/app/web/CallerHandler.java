package io.github.camelakeeba.app.web;

import io.github.camelakeeba.app.web.ListenAddress.Area;
import io.github.camelakeeba.problem.ProblemDetail.Kind;
import io.github.camelakeeba.rest.Caller;
import io.github.camelakeeba.secret.Sha256;
import io.github.camelakeeba.service.settings.AddressRange;
import io.github.camelakeeba.service.settings.ApiAccess;
import io.github.camelakeeba.service.settings.TrustedProxies;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Finds out who calls, once, before anything else: by a token, else by the cookie of a session,
 * else by what a trusted proxy says. Who that is, is an attribute of the request: {@link
 * Caller#PROPERTY}.
 */
final class CallerHandler extends Handler.Wrapper {
  private static final String AMBIENT = CallerHandler.class.getName() + ".ambient";
  private static final String CLIENT = CallerHandler.class.getName() + ".client";
  private static final String BEARER = "Bearer";
  private static final Pattern USER = Pattern.compile("[^\\p{Cntrl}]{1,100}");

  private final Sessions sessions;
  private final SessionCookie cookie;

  CallerHandler(Sessions sessions, SessionCookie cookie, Handler handler) {
    super(handler);
    this.sessions = sessions;
    this.cookie = cookie;
  }

  /** Whose token this is; how long to wait before it is tried at all. */
  record Attempt(Caller caller, long retryAfter) {}

  /** Tries a token that this client sends. */
  static Attempt attempt(
      String token, InetAddress client, ApiAccess access, FailedAttempts attempts) {
    String hash = Sha256.hex(token);
    long retryAfter = attempts.retryAfter(client, hash);
    if (retryAfter > 0) {
      return new Attempt(null, retryAfter);
    }
    Caller caller = access.tokens().callerOf(token).orElse(null);
    if (caller == null) {
      attempts.failed(client, hash);
    } else {
      attempts.succeeded(client, hash);
    }
    return new Attempt(caller, 0);
  }

  /** Whether the request brings a token, right or wrong, which no browser does by itself. */
  static boolean bringsToken(String authorization) {
    return authorization != null && authorization.startsWith(BEARER);
  }

  /** Whether the caller is known by what a browser sends by itself, whoever's page makes it. */
  static boolean isAmbient(Object attribute) {
    return Boolean.TRUE.equals(attribute);
  }

  /** The name of the attribute for {@link #isAmbient}. */
  static String ambientAttribute() {
    return AMBIENT;
  }

  /** Where the call comes from: of one through a trusted proxy what that says. */
  static InetAddress client(Request request) {
    return (InetAddress) request.getAttribute(CLIENT);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    ListenAddress address = ListenAddress.of(request);
    request.setAttribute(ListenAddress.class.getName(), address);
    ApiAccess access = address.access();
    InetAddress peer = peer(request);
    boolean proxied = access.proxies().contains(peer);
    InetAddress client = proxied ? forwardedFor(request, peer, access.proxies()) : peer;
    request.setAttribute(CLIENT, client);
    String authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (bringsToken(authorization)) {
      Attempt attempt =
          attempt(
              authorization.substring(BEARER.length()).strip(), client, access, address.attempts());
      if (attempt.retryAfter > 0 && !access.tokens().isEmpty()) {
        return refuse(attempt.retryAfter, response, callback);
      }
      request.setAttribute(Caller.PROPERTY, attempt.caller);
    } else {
      Caller caller =
          (address.opens(Area.API) ? session(request) : Optional.<Caller>empty())
              .or(() -> proxied ? named(request, access.proxies()) : Optional.empty())
              .orElse(null);
      request.setAttribute(Caller.PROPERTY, caller);
      request.setAttribute(AMBIENT, caller != null);
    }
    return super.handle(request, response, callback);
  }

  private static boolean refuse(long retryAfter, Response response, Callback callback) {
    response.setStatus(Kind.TOO_MANY_ATTEMPTS.status());
    response.getHeaders().put(HttpHeader.RETRY_AFTER, retryAfter);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    return ProblemErrorHandler.write(
        ProblemErrorHandler.of(Kind.TOO_MANY_ATTEMPTS, SessionServlet.TOO_MANY_ATTEMPTS),
        response,
        callback);
  }

  private Optional<Caller> session(Request request) {
    for (String id : cookie.ids(request)) {
      Optional<Sessions.Session> session = sessions.find(id);
      if (session.isPresent()) {
        BooleanSupplier open = () -> sessions.find(id).isPresent();
        request.setAttribute(Caller.SESSION, open);
        return session.map(Sessions.Session::caller);
      }
    }
    return Optional.empty();
  }

  private static Optional<Caller> named(Request request, TrustedProxies proxies) {
    List<String> names =
        proxies.userHeader() == null
            ? List.of()
            : request.getHeaders().getValuesList(proxies.userHeader());
    return names.size() == 1 && USER.matcher(names.get(0)).matches()
        ? Optional.of(new Caller(names.get(0), proxies.scope(), Set.of()))
        : Optional.empty();
  }

  private static InetAddress peer(Request request) {
    return request.getConnectionMetaData().getRemoteSocketAddress()
                instanceof InetSocketAddress address
            && address.getAddress() != null
        ? address.getAddress()
        : InetAddress.getLoopbackAddress();
  }

  /** The last address that no trusted proxy has; what comes before it anybody may have written. */
  private static InetAddress forwardedFor(
      Request request, InetAddress peer, TrustedProxies proxies) {
    List<String> chain =
        request.getHeaders().getCSV(HttpHeader.X_FORWARDED_FOR, false).stream().toList();
    for (int i = chain.size() - 1; i >= 0; i--) {
      String text = chain.get(i).replaceAll("^\\[|]$", "");
      if (!AddressRange.isLiteral(text)) {
        return peer;
      }
      try {
        InetAddress address = InetAddress.getByName(text);
        if (!proxies.contains(address)) {
          return address;
        }
      } catch (UnknownHostException e) {
        return peer;
      }
    }
    return peer;
  }
}
