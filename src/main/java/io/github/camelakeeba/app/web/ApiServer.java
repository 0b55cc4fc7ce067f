package io.github.camelakeeba.app.web;

import io.github.camelakeeba.app.web.ListenAddress.Area;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.rest.Caller;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.service.Home;
import io.github.camelakeeba.service.ServeFiles;
import io.github.camelakeeba.service.WebServer;
import io.github.camelakeeba.service.settings.ApiAccess;
import io.github.camelakeeba.service.settings.Settings;
import io.github.camelakeeba.service.settings.TlsSettings;
import io.github.camelakeeba.trigger.WebhookAuthenticator;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final List<ServerConnector> connectors;
  private final String scheme;

  /** Null: the commands of the home are not served. */
  private ServeFiles files;

  private ApiServer(Server server, List<ServerConnector> connectors, String scheme) {
    this.server = server;
    this.connectors = connectors;
    this.scheme = scheme;
  }

  /** For what others may call; null where they may call nothing. */
  public static ApiServer start(Served served, CamelContext context, Timings timings)
      throws Exception {
    return start(served, null, context, timings);
  }

  /** The same, and the commands of this home have an address of their own. */
  public static WebServer.Factory withCommandsOf(Home home) {
    return (served, context, timings) -> start(served, home, context, timings);
  }

  private static ApiServer start(Served served, Home home, CamelContext context, Timings timings)
      throws Exception {
    Secret commands = home == null ? null : Secret.random();
    List<ListenAddress> listeners = ListenAddress.of(served, commands);
    ApiServer started = null;
    if (!listeners.isEmpty()) {
      SSLContext tls = served.api() == null ? null : TlsSettings.serverContext(context);
      warn(listeners, tls);
      started = started(served, listeners, tls, timings);
      if (home != null) {
        started.writeFiles(home, commands);
      }
    }
    log(started);
    return started;
  }

  private static ApiServer started(
      Served served, List<ListenAddress> listeners, SSLContext tls, Timings timings)
      throws Exception {
    Server server = new Server(new QueuedThreadPool(MAX_THREADS));
    List<ServerConnector> connectors = new ArrayList<>();
    ApiServer web = new ApiServer(server, connectors, tls == null ? "http" : "https");
    for (ListenAddress listener : listeners) {
      connectors.add(connector(server, listener, tls, timings));
    }
    connectors.forEach(server::addConnector);
    server.setErrorHandler(new ProblemErrorHandler());
    Handler limited = handlers(served, web, tls != null);
    server.setHandler(new GracefulHandler(new BufferedBodyHandler(limited)));
    server.setStopTimeout(STOP_MILLIS);
    try {
      for (ServerConnector connector : connectors) {
        open(connector);
      }
      server.start();
    } catch (Exception e) {
      connectors.forEach(ServerConnector::close);
      server.stop();
      throw e;
    }
    return web;
  }

  private static void open(ServerConnector connector) {
    try {
      connector.open();
    } catch (IOException e) {
      ListenAddress listener = connector.getBean(ListenAddress.class);
      String what =
          "port %s of %s can't be listened on; is it in use by another program?"
              .formatted(listener.port(), listener.host());
      throw listener.key() == null
          ? new ConfigurationException("the commands of this home: " + what)
          : Settings.wrong(listener.key(), what, e);
    }
  }

  private void writeFiles(Home home, Secret commands) throws Exception {
    try {
      files =
          ServeFiles.write(home, connector(Area.COMMANDS).orElseThrow().getLocalPort(), commands);
    } catch (ConfigurationException e) {
      server.stop();
      throw e;
    }
  }

  private static void warn(List<ListenAddress> listeners, SSLContext tls)
      throws UnknownHostException {
    for (ListenAddress listener : listeners) {
      boolean tokens = listener.opens(Area.API) || listener.opens(Area.HOOKS);
      if (tokens && !InetAddress.getByName(listener.host()).isLoopbackAddress()) {
        LOG.warn(
            "the HTTP API listens on {}: everybody there can try the token{}",
            listener.host(),
            tls == null ? "; without TLS it can be read on the way" : "");
      }
    }
  }

  private static void log(ApiServer started) {
    Optional<URI> api = started == null ? Optional.empty() : started.address(Area.API);
    Optional<URI> hooks = started == null ? Optional.empty() : started.address(Area.HOOKS);
    if (api.isPresent()) {
      LOG.info("the HTTP API is at {}", api.get());
    } else if (hooks.isPresent()) {
      LOG.info("hooks are at {}; the HTTP API is off: backup.api.token is not set", hooks.get());
    } else {
      LOG.info("the HTTP API is off: backup.api.token is not set");
    }
    if (started != null) {
      started
          .address(Area.OBSERVE)
          .filter(address -> !api.equals(Optional.of(address)))
          .ifPresent(address -> LOG.info("health and metrics are at {}/observe", address));
      started
          .address(Area.COMMANDS)
          .ifPresent(address -> LOG.info("commands of this home are taken at {}", address));
    }
  }

  /** What a request goes through: who calls, how often, from which page, what it may. */
  private static Handler handlers(Served served, ApiServer web, boolean tls) {
    Settings.Api api = served.api();
    Sessions sessions = new Sessions(Clock.systemUTC());
    SessionCookie cookie =
        new SessionCookie(
            () -> web.connector(Area.API).map(ServerConnector::getLocalPort).orElse(0), tls);
    FailedAttempts signIns = new FailedAttempts(true, System::nanoTime);
    ServletContextHandler context = new ServletContextHandler("/");
    ServletHolder camel = new ServletHolder("CamelServlet", CamelHttpTransportServlet.class);
    camel.setAsyncSupported(true);
    context.setErrorHandler(new ProblemErrorHandler());
    context.addServlet(camel, "/*");
    ServletHolder page = new ServletHolder("page", new PageServlet());
    context.addServlet(page, "");
    context.addServlet(page, "/ui/*");
    ApiAccess access = api == null ? ApiAccess.NOBODY : api.access();
    context.addServlet(
        new ServletHolder("session", new SessionServlet(access, sessions, cookie, signIns)),
        SessionServlet.PATH);
    context.addFilter(
        new FilterHolder(new AccessFilter()), "/*", EnumSet.of(DispatcherType.REQUEST));
    Handler limited =
        RateLimits.rate(
            api == null ? Settings.RATE : api.rate(),
            request -> isAuthenticated(served.hooks(), request),
            RateLimits.origins(
                api == null ? Set.of() : api.origins(), new ContentTypeRewrite(context)));
    return new CallerHandler(sessions, cookie, limited);
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
      Server server, ListenAddress listener, SSLContext context, Timings timings) {
    SSLContext tls = listener.opens(Area.COMMANDS) ? null : context; // nobody else can listen in
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
    connector.setHost(listener.host());
    connector.setPort(listener.port());
    connector.addBean(listener);
    connector.addBean(new OpenConnectionLimit(MAX_CONNECTIONS));
    connector.setAcceptQueueSize(MAX_CONNECTIONS);
    connector.setIdleTimeout(timings.idleTimeout().toMillis());
    connector.addBean(new SlowRequestGuard(server.getScheduler(), timings.requestTimeout()));
    return connector;
  }

  private Optional<ServerConnector> connector(Area area) {
    return connectors.stream()
        .filter(connector -> connector.getBean(ListenAddress.class).opens(area))
        .findFirst();
  }

  private Optional<URI> address(Area area) {
    return connector(area)
        .map(
            connector ->
                URI.create(
                    "%s://%s:%s"
                        .formatted(
                            area == Area.COMMANDS ? "http" : scheme,
                            connector.getHost(),
                            connector.getLocalPort())));
  }

  @Override
  public URI address() {
    return address(Area.API).or(() -> address(Area.HOOKS)).orElse(null);
  }

  @Override
  public void close() throws Exception {
    if (files != null) {
      try {
        files.close(); // first, so that no further command comes
      } catch (IOException e) {
        LOG.warn("data/api.token and data/api.port could not be removed: {}", e.toString());
      }
    }
    try {
      server.stop();
    } catch (TimeoutException e) {
      LOG.debug("calls were cut off", e);
    }
  }
}
