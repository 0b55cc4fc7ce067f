package io.github.camelakeeba.notify.channel;

import io.github.camelakeeba.akeeba.http.ResponseHeaderLimits;
import java.time.Duration;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Configures the HTTP client of all channels: a call is sent once, and nothing of it is kept. */
public final class HttpDeliveryClient implements HttpClientConfigurer {
  private final Duration limit;

  public HttpDeliveryClient(Duration limit) {
    this.limit = limit;
  }

  @Override
  public void configureHttpClient(HttpClientBuilder builder) {
    builder
        .addExecInterceptorFirst("brief answer", new BoundedChannelResponse(limit))
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableContentCompression()
        .disableAuthCaching();
  }

  /** With a connection for each of so many channels: one that hangs blocks no other. */
  public PoolingHttpClientConnectionManager connectionPool(int channels) {
    return bounded(
        PoolingHttpClientConnectionManagerBuilder.create()
            .setConnectionFactory(ResponseHeaderLimits.connectionFactory())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(Timeout.of(limit))
                    .setSocketTimeout(Timeout.of(limit))
                    .setTimeToLive(TimeValue.ofMinutes(1))
                    // a server that has closed the connection meanwhile is noticed before we send
                    .setValidateAfterInactivity(TimeValue.ofMilliseconds(200))
                    .build())
            .build(),
        channels);
  }

  /** The same pool for so many channels. */
  public static PoolingHttpClientConnectionManager bounded(
      PoolingHttpClientConnectionManager pool, int channels) {
    int most = channels + 1; // the heartbeat
    pool.setMaxTotal(most);
    pool.setDefaultMaxPerRoute(most);
    return pool;
  }
}
