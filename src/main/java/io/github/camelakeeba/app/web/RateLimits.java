package io.github.camelakeeba.app.web;

import io.github.camelakeeba.app.web.ListenAddress.Area;
import io.github.camelakeeba.problem.ProblemDetail.Kind;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.CrossOriginHandler;
import org.eclipse.jetty.server.handler.DoSHandler;
import org.eclipse.jetty.util.Callback;

/** Rate limit and CORS, by Jetty, before the token is checked. */
final class RateLimits {
  private static final int MAX_ADDRESSES = 10_000;

  private RateLimits() {}

  /**
   * More calls a second from one address get 429; health is not limited. Behind a proxy that is not
   * trusted all come from one address, so authenticated callers are counted apart.
   */
  static Handler rate(int perSecond, Predicate<Request> authenticated, Handler handler) {
    if (perSecond == 0) {
      return handler;
    }
    DoSHandler limited =
        new DoSHandler(
            handler,
            request ->
                CallerHandler.client(request).getHostAddress()
                    + " "
                    + ListenAddress.of(request).areas()
                    + (authenticated.test(request) ? " authenticated" : ""),
            new DoSHandler.LeakingBucketTrackerFactory(perSecond),
            (request, response, callback) -> {
              response.setStatus(HttpStatus.TOO_MANY_REQUESTS_429);
              response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
              response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
              byte[] problem =
                  ProblemErrorHandler.of(
                      Kind.TOO_MANY_CALLS, "more calls than backup.api.rate allows");
              return ProblemErrorHandler.write(problem, response, callback);
            },
            MAX_ADDRESSES);
    limited.excludePath("/observe/health", "/observe/health/*");
    return limited;
  }

  static Handler origins(Set<String> allowed, Handler handler) {
    if (allowed.isEmpty()) {
      return handler;
    }
    CrossOriginHandler origins =
        new CrossOriginHandler() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            return ListenAddress.of(request).opens(Area.API)
                ? super.handle(request, response, callback)
                : getHandler().handle(request, response, callback);
          }
        };
    origins.setHandler(handler);
    origins.setAllowedOriginPatterns(
        allowed.stream().map(Pattern::quote).collect(Collectors.toSet()));
    origins.setAllowedMethods(Set.of("GET", "POST"));
    origins.setAllowedHeaders(Set.of("Authorization", "Content-Type", "Last-Event-ID"));
    origins.setExposedHeaders(Set.of("Retry-After", "Link", "X-Total-Count"));
    origins.setAllowCredentials(false);
    return origins;
  }
}
