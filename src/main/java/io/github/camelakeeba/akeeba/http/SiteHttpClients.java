package io.github.camelakeeba.akeeba.http;

import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.secret.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** The HTTP clients and their pools: sites that share proxy and certificates share one. */
public final class SiteHttpClients {
  private static final int EXTRA_CONNECTIONS = 12; // for site tests and downloads

  private final LargeResponseSpool large = new LargeResponseSpool();
  private final Timeout connect;
  private final Map<Route, Client> routes = new ConcurrentHashMap<>();
  private final Map<String, Route> named = new ConcurrentHashMap<>(); // each client that ever was
  private final Map<String, Made> clients = new ConcurrentHashMap<>();
  private volatile int concurrent;
  private int last; // number of a client; guarded by this

  private record Route(URI proxy, Path ca) {}

  /** Calls: those that are under way. */
  private record Made(
      CloseableHttpClient client, PoolingHttpClientConnectionManager pool, int calls) {
    Made calls(int more) {
      return new Made(client, pool, calls + more);
    }
  }

  /**
   * The client that is made, or is to be made, for a route.
   *
   * @param trusted the SHA-256 of the route's certificates; null: the JVM's own
   */
  private record Client(String name, String trusted) {}

  public SiteHttpClients(Collection<Site> sites, int concurrent, Timings timings) {
    this.concurrent = concurrent;
    this.connect = Timeout.of(timings.connectTimeout());
    routes.putAll(wanted(sites));
  }

  private static Route route(Site site) {
    return new Route(site.proxy(), site.ca());
  }

  /** The client of each route: the one that is there, or another where its certificates differ. */
  private Map<Route, Client> wanted(Collection<Site> sites) {
    Map<Route, Client> wanted = new LinkedHashMap<>();
    for (Site site : sites) {
      Route route = route(site);
      if (!wanted.containsKey(route)) {
        String trusted = route.ca() == null ? null : hash(route.ca());
        Client known = routes.get(route);
        wanted.put(
            route,
            known != null && Objects.equals(known.trusted, trusted)
                ? known
                : new Client("client-" + ++last, trusted));
      }
    }
    return wanted;
  }

  /** Of a file that can't be read: whoever makes a client of it says so. */
  private static String hash(Path ca) {
    try {
      return Sha256.hex(Files.readAllBytes(ca));
    } catch (IOException e) {
      return "";
    }
  }

  public String clientName(Site site) {
    Client client = routes.get(route(site));
    return Objects.requireNonNull(client, () -> "no client for " + site.name()).name;
  }

  /**
   * The component {@code akeeba-http}, which sends each call by the client of its site, and waits
   * as long as the call says. Throws {@link ConfigurationException} when a certificate file can't
   * be read.
   */
  public HttpComponent component() {
    routes.forEach(this::make);
    return NoRetryHttp.component(new SiteHttpClient(this));
  }

  private void make(Route route, Client client) {
    named.put(client.name, route);
    clients.computeIfAbsent(client.name, name -> made(route));
  }

  /**
   * Makes the clients that these sites need and that are not there, for so many runs at once. Those
   * that are there stay until {@link #closeUnused}, since a run that goes on may need one. Throws
   * {@link ConfigurationException} when a certificate file can't be read.
   */
  public synchronized void follow(Collection<Site> sites, int runs) {
    concurrent = runs;
    Map<Route, Client> wanted = wanted(sites);
    wanted.forEach(this::make);
    clients.values().forEach(made -> bound(made.pool));
    routes.putAll(wanted);
  }

  /**
   * Closes the clients, with their connections, that none of these sites needs; false: a call under
   * way keeps one open.
   *
   * @param sites those that are configured, and those of the runs in flight
   */
  public synchronized boolean closeUnused(Collection<Site> sites) {
    Set<String> needed = new HashSet<>();
    for (Site site : sites) {
      Client client = routes.get(route(site));
      if (client != null) {
        needed.add(client.name);
      }
    }
    for (String name : clients.keySet()) {
      if (!needed.contains(name)) {
        clients.computeIfPresent(name, (same, made) -> made.calls == 0 ? closed(made) : made);
      }
    }
    return needed.containsAll(clients.keySet());
  }

  private static Made closed(Made made) {
    made.client.close(CloseMode.GRACEFUL);
    return null;
  }

  /** For one call; {@link #endCall} ends it. One that was closed meanwhile is made once more. */
  CloseableHttpClient beginCall(String client) {
    return clients.compute(
            client, (name, made) -> (made == null ? made(named.get(name)) : made).calls(1))
        .client;
  }

  void endCall(String client) {
    clients.computeIfPresent(client, (name, made) -> made.calls(-1));
  }

  void close(CloseMode mode) {
    clients.values().forEach(made -> made.client.close(mode));
  }

  /** The clients that are there, closed ones not. */
  Set<String> open() {
    return Set.copyOf(clients.keySet());
  }

  private void bound(PoolingHttpClientConnectionManager pool) {
    pool.setMaxTotal(concurrent + EXTRA_CONNECTIONS);
    pool.setDefaultMaxPerRoute(concurrent + EXTRA_CONNECTIONS);
  }

  private Made made(Route route) {
    PoolingHttpClientConnectionManager pool = pool(route);
    HttpClientBuilder builder =
        HttpClientBuilder.create()
            .setConnectionManager(pool)
            .setUserAgent("camel-akeeba-backup")
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement() // Camel's cookie handler keeps those of one exchange
            .addExecInterceptorFirst("bounded answer", new BoundedResponse(large))
            .addExecInterceptorFirst("never sent", new ConnectFailureMarker())
            .addExecInterceptorBefore(
                ChainElement.MAIN_TRANSPORT.name(),
                "stale call",
                new StaleCallGuard(InstantSource.system()))
            .addExecInterceptorBefore(
                ChainElement.MAIN_TRANSPORT.name(), "bounded bytes", new ResponseSizeLimit());
    if (route.proxy() != null) {
      builder.setProxy(HttpHost.create(route.proxy()));
    }
    return new Made(builder.build(), pool, 0);
  }

  /** Throws {@link ConfigurationException} as {@link #component} does. */
  public static void checkCertificates(Collection<Site> sites) {
    sites.stream()
        .map(Site::ca)
        .filter(Objects::nonNull)
        .distinct()
        .forEach(SiteHttpClients::trust);
  }

  private PoolingHttpClientConnectionManager pool(Route route) {
    PoolingHttpClientConnectionManager pool =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setConnectionFactory(ResponseHeaderLimits.connectionFactory())
            .setDefaultSocketConfig(SocketConfig.custom().setTcpNoDelay(true).build())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(connect)
                    // a site that closed the connection while we waited is noticed before we send
                    .setValidateAfterInactivity(TimeValue.ofMilliseconds(200))
                    .build())
            .setTlsSocketStrategy(new DefaultClientTlsStrategy(trust(route.ca())))
            .build();
    bound(pool);
    return pool;
  }

  private static SSLContext trust(Path ca) {
    if (ca == null) {
      return SSLContexts.createSystemDefault();
    }
    try (InputStream pem = Files.newInputStream(ca)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        store.setCertificateEntry("ca-" + (store.size() + 1), certificate);
      }
      if (store.size() == 0) {
        throw new CertificateException("it is empty");
      }
      return SSLContexts.custom().loadTrustMaterial(store, null).build();
    } catch (IOException | GeneralSecurityException e) {
      throw new ConfigurationException(
          "config/sites.yaml: ca: %s holds no certificates in PEM form: %s"
              .formatted(ca, e.getMessage()));
    }
  }
}
