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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
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
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** The HTTP clients and their pools: sites that share proxy and certificates share one. */
public final class SiteHttpClients {
  private static final int EXTRA_CONNECTIONS = 12; // for site tests and downloads

  private final LargeResponseSpool large = new LargeResponseSpool();
  private final Timeout connect;
  private final Map<Route, Client> routes = new ConcurrentHashMap<>();
  private final Map<String, CloseableHttpClient> clients = new ConcurrentHashMap<>();
  private final List<PoolingHttpClientConnectionManager> pools = new CopyOnWriteArrayList<>();
  private int concurrent;

  private record Route(URI proxy, Path ca) {}

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
                : new Client("client-" + (clients.size() + wanted.size() + 1), trusted));
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
    routes.forEach((route, named) -> clients.put(named.name, client(route)));
    return NoRetryHttp.component(new SiteHttpClient(clients));
  }

  /**
   * Makes the clients that these sites need and that are not there, for so many runs at once. Those
   * that are there stay, since a call under way, or a run that goes on, may need one. Throws {@link
   * ConfigurationException} when a certificate file can't be read.
   */
  public synchronized void follow(Collection<Site> sites, int runs) {
    concurrent = runs;
    Map<Route, Client> wanted = wanted(sites);
    wanted.forEach((route, named) -> clients.computeIfAbsent(named.name, name -> client(route)));
    pools.forEach(this::bound);
    routes.putAll(wanted);
  }

  private void bound(PoolingHttpClientConnectionManager pool) {
    pool.setMaxTotal(concurrent + EXTRA_CONNECTIONS);
    pool.setDefaultMaxPerRoute(concurrent + EXTRA_CONNECTIONS);
  }

  private CloseableHttpClient client(Route route) {
    HttpClientBuilder builder =
        HttpClientBuilder.create()
            .setConnectionManager(pool(route))
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
    return route.proxy() == null
        ? builder.build()
        : builder.setProxy(HttpHost.create(route.proxy())).build();
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
    pools.add(pool);
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
