package io.github.camelakeeba.cli;

import io.github.camelakeeba.site.Secret;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import org.apache.camel.component.servlet.CamelHttpTransportServlet;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The web server under the REST routes; it lets nobody in without the token. */
final class ApiServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

  private final Server server;
  private final ServerConnector connector;

  private ApiServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Starts it; without settings, that is without a token and without hooks, gives null.
   *
   * @param hooks paths that need no token
   */
  static ApiServer start(Settings.Api settings, Set<String> hooks) throws Exception {
    if (settings == null) {
      LOG.info("the HTTP API is off: backup.api.token is not set");
      return null;
    }
    if (!InetAddress.getByName(settings.host()).isLoopbackAddress()) {
      LOG.warn(
          "the HTTP API listens on {}: everybody there can try the token; without TLS it can be read on the way",
          settings.host());
    }
    Server server = new Server();
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    server.addConnector(connector);
    server.setErrorHandler(new ProblemPages());
    server.setHandler(new AnyContentType(handler(settings.token(), hooks)));
    try {
      server.start();
    } catch (IOException e) {
      server.stop();
      throw Settings.wrong(
          "api.port",
          "port %d of %s can't be listened on; is it in use by another program?"
              .formatted(settings.port(), settings.host()),
          e);
    }
    ApiServer api = new ApiServer(server, connector);
    if (settings.token() == null) {
      LOG.info("hooks are at {}; the HTTP API is off: backup.api.token is not set", api.address());
    } else {
      LOG.info("the HTTP API is at {}", api.address());
    }
    return api;
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
    return URI.create("http://" + connector.getHost() + ":" + connector.getLocalPort());
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
