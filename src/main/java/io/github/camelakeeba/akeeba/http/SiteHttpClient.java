package io.github.camelakeeba.akeeba.http;

import io.github.camelakeeba.akeeba.Call;
import java.io.IOException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * The client of camel-http's one endpoint for all sites: what differs from site to site and from
 * call to call is in the exchange, so that no endpoint is made for it.
 */
final class SiteHttpClient extends CloseableHttpClient {
  private final SiteHttpClients clients;

  SiteHttpClient(SiteHttpClients clients) {
    this.clients = clients;
  }

  @Override
  public ClassicHttpResponse executeOpen(
      HttpHost target, ClassicHttpRequest request, HttpContext context) throws IOException {
    Call call = BoundedResponse.call(context);
    if (request instanceof HttpUriRequestBase configurable) {
      configurable.setConfig(
          RequestConfig.custom()
              .setResponseTimeout(Timeout.ofMilliseconds(call.timeoutMillis()))
              .build());
    }
    try {
      // the answer has been read to its end, or closed: see BoundedResponse
      return clients.beginCall(call.client()).executeOpen(target, request, context);
    } finally {
      clients.endCall(call.client());
    }
  }

  @Override
  protected CloseableHttpResponse doExecute(
      HttpHost target, ClassicHttpRequest request, HttpContext context) {
    throw new UnsupportedOperationException("camel-http calls executeOpen");
  }

  @Override
  public void close(CloseMode mode) {
    clients.close(mode);
  }

  @Override
  public void close() {
    close(CloseMode.GRACEFUL);
  }
}
