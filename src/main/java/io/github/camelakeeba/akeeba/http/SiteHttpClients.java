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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.ChainElement;
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
   * Binds {@code akeeba-pool-<client>} and {@code akeeba-http-<client>} for the route {@code
   * akeeba-send}. Throws {@link ConfigurationException} when a certificate file can't be read.
   */
  public void bind(CamelContext context) {
    for (var entry : names.entrySet()) {
      Route route = entry.getKey();
      context.getRegistry().bind("akeeba-pool-" + entry.getValue(), pool(route));
      context.getRegistry().bind("akeeba-http-" + entry.getValue(), configurer(route));
    }
  }

  /** Throws {@link ConfigurationException} as {@link #bind} does. */
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

  private HttpClientConfigurer configurer(Route route) {
    return builder -> {
      builder.disableAutomaticRetries();
      builder.addExecInterceptorFirst("bounded answer", new BoundedResponse(large));
      builder.addExecInterceptorFirst("never sent", new ConnectFailureMarker());
      builder.addExecInterceptorBefore(
          ChainElement.MAIN_TRANSPORT.name(), "stale call", new StaleCallGuard());
      builder.addExecInterceptorBefore(
          ChainElement.MAIN_TRANSPORT.name(), "bounded bytes", new ResponseSizeLimit());
      if (route.proxy() != null) {
        builder.setProxy(HttpHost.create(route.proxy()));
      }
    };
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
