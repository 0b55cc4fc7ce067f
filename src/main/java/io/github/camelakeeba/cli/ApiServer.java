package io.github.camelakeeba.cli;

import io.github.camelakeeba.site.Secret;
import io.github.camelakeeba.site.Timings;
import io.github.camelakeeba.trigger.HookProofs;
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

/** The web server under the REST routes; it lets nobody in without the token. */
final class ApiServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

  /** Those that wait for outcomes and those that follow runs are at most 150 of them. */
  private static final int MOST_THREADS = 250;

  private static final int MOST_CONNECTIONS = 1_000;

  /** So long calls that are being answered are awaited at the stop. */
  private static final long STOP_MILLIS = 1_000;

  private final Server server;
  private final ServerConnector connector;
  private final String scheme;

  private ApiServer(Server server, ServerConnector connector, String scheme) {
    this.server = server;
    this.connector = connector;
    this.scheme = scheme;
  }

  /**
   * Starts it; without settings, that is without a token and without hooks, gives null.
   *
   * @param hooks whose paths need no token
   */
  static ApiServer start(
      Settings.Api settings, HookProofs hooks, CamelContext context, Timings timings)
      throws Exception {
    if (settings == null) {
      LOG.info("the HTTP API is off: backup.api.token is not set");
      return null;
    }
    SSLContext tls = Tls.serving(context);
    if (!InetAddress.getByName(settings.host()).isLoopbackAddress()) {
      LOG.warn(
          "the HTTP API listens on {}: everybody there can try the token{}",
          settings.host(),
          tls == null ? "; without TLS it can be read on the way" : "");
    }
    Server server = new Server(new QueuedThreadPool(MOST_THREADS));
    ServerConnector connector = connector(server, settings, tls, timings);
    server.addConnector(connector);
    Connections connections = new Connections(MOST_CONNECTIONS);
    connector.addBean(connections);
    server.setErrorHandler(new ProblemPages());
    Handler api = new AnyContentType(handler(settings.token(), hooks.paths()));
    Handler limited =
        CallLimits.rate(
            settings.rate(),
            request -> proved(settings.token(), hooks, request),
            CallLimits.origins(settings.origins(), api));
    server.setHandler(new GracefulHandler(new WholeBodies(connections, limited)));
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

  private static boolean proved(Secret token, HookProofs hooks, Request request) {
    if (ApiGate.authorized(token, request.getHeaders().get(HttpHeader.AUTHORIZATION))) {
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
    return hooks.hold(path, headers, WholeBodies.of(request));
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
    connector.setAcceptQueueSize(MOST_CONNECTIONS);
    connector.setIdleTimeout(timings.idleTimeout().toMillis());
    connector.addBean(new SlowSenders(server.getScheduler(), timings.requestTimeout()));
    return connector;
  }

  private static ServletContextHandler handler(Secret token, Set<String> hooks) {
    ServletContextHandler handler = new ServletContextHandler("/");
    ServletHolder camel = new ServletHolder("CamelServlet", CamelHttpTransportServlet.class);
    camel.setAsyncSupported(true);
    handler.setErrorHandler(new ProblemPages());
    handler.addServlet(camel, "/*");
    handler.addFilter(
        new FilterHolder(new ApiGate(token, hooks)), "/*", EnumSet.of(DispatcherType.REQUEST));
    return handler;
  }

  /** Where it listens. */
  URI address() {
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
