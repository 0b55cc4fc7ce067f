package io.github.camelakeeba.akeeba.http;

import io.github.camelakeeba.akeeba.answer.ResponseBody;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpActivityListener;
import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;

/** The component {@code backup-http}: sends once, follows nothing, and is not the host's http. */
public final class NoRetryHttp {
  public static final String SCHEME = "backup-http";

  private NoRetryHttp() {}

  public static HttpComponent component() {
    HttpComponent http = new HttpComponent();
    // read whole: no stream cache
    http.setResponsePayloadStreamingThreshold(ResponseBody.MAX_BYTES);
    // a lone bean of the host would become part of it
    http.setAutowiredEnabled(false);
    // camel-http would repeat 503, 429 and broken GETs, and a step must never be repeated
    http.setAutomaticRetriesDisabled(true);
    http.setFollowRedirects(false);
    // with one, the exchange is in the context of the HTTP call, where BoundedResponse finds it
    http.setHttpActivityListener(new NoListener());
    return http;
  }

  private static final class NoListener implements HttpActivityListener {
    @Override
    public void onRequestSubmitted(
        Object source, Exchange exchange, HttpHost host, HttpRequest request, HttpEntity entity) {
      // nobody listens
    }

    @Override
    public void onResponseReceived(
        Object source,
        Exchange exchange,
        HttpHost host,
        HttpResponse response,
        HttpEntity entity,
        long elapsed) {
      // nobody listens
    }
  }
}
