package io.github.camelakeeba.app.web;

import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.rest.Caller;
import io.github.camelakeeba.service.WebServer;
import io.github.camelakeeba.service.settings.Settings;
import io.github.camelakeeba.service.settings.TlsSettings;
import io.github.camelakeeba.trigger.WebhookAuthenticator;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.component.servlet.CamelHttpTransportServlet;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

public final class ApiServer implements WebServer {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
  private static final int MAX_THREADS =
      250; // at most 150 of them wait for outcomes or follow runs
  private static final int MAX_CONNECTIONS = 1_000;
  private static final long STOP_MILLIS = 1_000; // for requests in progress

  private final Server server;
  private final ServerConnector connector;
  private final String scheme;

  private ApiServer(Server server, ServerConnector connector, String scheme) {
    this.server = server;
    this.connector = connector;
    this.scheme = scheme;
  }

  public static ApiServer start(
      Settings.Api settings, WebhookAuthenticator hooks, CamelContext context, Timings timings)
      throws Exception {
    if (settings == null) {
      LOG.info("the HTTP API is off: backup.api.token is not set");
      return null;
    }
    SSLContext tls = TlsSettings.serverContext(context);
    if (!InetAddress.getByName(settings.host()).isLoopbackAddress()) {
      LOG.warn(
          "the HTTP API listens on {}: everybody there can try the token{}",
          settings.host(),
          tls == null ? "; without TLS it can be read on the way" : "");
    }
    Server server = new Server(new QueuedThreadPool(MAX_THREADS));
    ServerConnector connector = connector(server, settings, tls, timings);
    server.addConnector(connector);
    OpenConnectionLimit connections = new OpenConnectionLimit(MAX_CONNECTIONS);
    connector.addBean(connections);
    server.setErrorHandler(new ProblemErrorHandler());
    Handler limited = handlers(settings, hooks, connector, tls != null);
    server.setHandler(new GracefulHandler(new BufferedBodyHandler(connections, limited)));
    server.setStopTimeout(STOP_MILLIS);
    try {
      server.start();
    } catch (IOException e) {
      server.stop();
      throw Settings.wrong(
          "api.port",
          "port %s of %s can't be listened on; is it in use by another program?"
              .formatted(settings.port(), settings.host()),
          e);
    }
    ApiServer started = new ApiServer(server, connector, tls == null ? "http" : "https");
    if (settings.off()) {
      LOG.info(
          "hooks are at {}; the HTTP API is off: backup.api.token is not set", started.address());
    } else {
      LOG.info("the HTTP API is at {}", started.address());
    }
    return started;
  }

  /** What a request goes through: who calls, how often, from which page, what it may. */
  private static Handler handlers(
      Settings.Api settings, WebhookAuthenticator hooks, ServerConnector connector, boolean tls)
      throws IOException {
    Sessions sessions = new Sessions(Clock.systemUTC());
    SessionCookie cookie = new SessionCookie(connector::getLocalPort, tls);
    FailedAttempts signIns = new FailedAttempts(true, System::nanoTime);
    FailedAttempts calls = new FailedAttempts(false, System::nanoTime);
    ServletContextHandler context = new ServletContextHandler("/");
    ServletHolder camel = new ServletHolder("CamelServlet", CamelHttpTransportServlet.class);
    camel.setAsyncSupported(true);
    context.setErrorHandler(new ProblemErrorHandler());
    context.addServlet(camel, "/*");
    ServletHolder page = new ServletHolder("page", new PageServlet());
    context.addServlet(page, "");
    context.addServlet(page, "/ui/*");
    context.addServlet(
        new ServletHolder(
            "session", new SessionServlet(settings.access(), sessions, cookie, signIns)),
        SessionServlet.PATH);
    context.addFilter(
        new FilterHolder(new AccessFilter(settings.off(), new HostNames(settings), hooks::paths)),
        "/*",
        EnumSet.of(DispatcherType.REQUEST));
    Handler limited =
        RateLimits.rate(
            settings.rate(),
            request -> isAuthenticated(hooks, request),
            RateLimits.origins(settings.origins(), new ContentTypeRewrite(context)));
    return new CallerHandler(settings.access(), sessions, cookie, calls, limited);
  }

  private static boolean isAuthenticated(WebhookAuthenticator hooks, Request request) {
    if (request.getAttribute(Caller.PROPERTY) != null) {
      return true;
    }
    String path = Request.getPathInContext(request);
    if (!hooks.paths().contains(path)) {
      return false;
    }
    Map<String, Object> headers = new TreeMap<>();
    request
        .getHeaders()
        .forEach(field -> headers.merge(field.getName(), field.getValue(), List::of));
    return hooks.isAuthentic(path, headers, BufferedBodyHandler.of(request));
  }

  private static ServerConnector connector(
      Server server, Settings.Api settings, SSLContext tls, Timings timings) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.addCustomizer(new SecurityHeaders(tls != null));
    ConnectionFactory plain = new HttpConnectionFactory(http);
    ServerConnector connector;
    if (tls == null) {
      connector = new ServerConnector(server, plain);
    } else {
      SslContextFactory.Server factory = new SslContextFactory.Server();
      factory.setSslContext(tls);
      connector = new ServerConnector(server, factory, plain);
    }
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setAcceptQueueSize(MAX_CONNECTIONS);
    connector.setIdleTimeout(timings.idleTimeout().toMillis());
    connector.addBean(new SlowRequestGuard(server.getScheduler(), timings.requestTimeout()));
    return connector;
  }

  @Override
  public URI address() {
    return URI.create(
        "%s://%s:%s".formatted(scheme, connector.getHost(), connector.getLocalPort()));
  }

  @Override
  public void close() throws Exception {
    try {
      server.stop();
    } catch (TimeoutException e) {
      LOG.debug("calls were cut off", e);
    }
  }
}
