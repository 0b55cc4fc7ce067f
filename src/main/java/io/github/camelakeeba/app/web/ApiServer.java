package io.github.camelakeeba.app.web;

import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.service.WebServer;
import io.github.camelakeeba.service.settings.Settings;
import io.github.camelakeeba.service.settings.TlsSettings;
import io.github.camelakeeba.trigger.WebhookAuthenticator;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.component.servlet.CamelHttpTransportServlet;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpHeader;
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
    Handler api = new ContentTypeRewrite(handler(settings.token(), hooks.paths()));
    Handler limited =
        RateLimits.rate(
            settings.rate(),
            request -> isAuthenticated(settings.token(), hooks, request),
            RateLimits.origins(settings.origins(), api));
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
    if (settings.token() == null) {
      LOG.info(
          "hooks are at {}; the HTTP API is off: backup.api.token is not set", started.address());
    } else {
      LOG.info("the HTTP API is at {}", started.address());
    }
    return started;
  }

  private static boolean isAuthenticated(
      Secret token, WebhookAuthenticator hooks, Request request) {
    if (TokenFilter.authorized(token, request.getHeaders().get(HttpHeader.AUTHORIZATION))) {
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

  private static ServletContextHandler handler(Secret token, Set<String> hooks) {
    ServletContextHandler handler = new ServletContextHandler("/");
    ServletHolder camel = new ServletHolder("CamelServlet", CamelHttpTransportServlet.class);
    camel.setAsyncSupported(true);
    handler.setErrorHandler(new ProblemErrorHandler());
    handler.addServlet(camel, "/*");
    handler.addFilter(
        new FilterHolder(new TokenFilter(token, hooks)), "/*", EnumSet.of(DispatcherType.REQUEST));
    return handler;
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
