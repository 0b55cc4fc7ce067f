package io.github.camelakeeba.akeeba.http;

import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.Timings;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
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

  private final Map<Route, String> names = new LinkedHashMap<>();
  private final LargeResponseSpool large = new LargeResponseSpool();
  private final int concurrent;
  private final Timeout connect;

  private record Route(URI proxy, Path ca) {}

  public SiteHttpClients(Collection<Site> sites, int concurrent, Timings timings) {
    this.concurrent = concurrent;
    this.connect = Timeout.of(timings.connectTimeout());
    for (Site site : sites) {
      names.computeIfAbsent(route(site), route -> "client-" + (names.size() + 1));
    }
  }

  private static Route route(Site site) {
    return new Route(site.proxy(), site.ca());
  }

  public String clientName(Site site) {
    return Objects.requireNonNull(names.get(route(site)), () -> "no client for " + site.name());
  }

  /**
   * The component {@code akeeba-http}, which sends each call by the client of its site, and waits
   * as long as the call says. Throws {@link ConfigurationException} when a certificate file can't
   * be read.
   */
  public HttpComponent component() {
    Map<String, CloseableHttpClient> clients = new HashMap<>();
    names.forEach((route, name) -> clients.put(name, client(route)));
    return NoRetryHttp.component(new SiteHttpClient(clients));
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
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setConnectionFactory(ResponseHeaderLimits.connectionFactory())
        .setMaxConnTotal(concurrent + EXTRA_CONNECTIONS)
        .setMaxConnPerRoute(concurrent + EXTRA_CONNECTIONS)
        .setDefaultSocketConfig(SocketConfig.custom().setTcpNoDelay(true).build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(connect)
                // a site that closed the connection while we waited is noticed before we send
                .setValidateAfterInactivity(TimeValue.ofMilliseconds(200))
                .build())
        .setTlsSocketStrategy(new DefaultClientTlsStrategy(trust(route.ca())))
        .build();
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
