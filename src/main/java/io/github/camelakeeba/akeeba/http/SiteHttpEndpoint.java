package io.github.camelakeeba.akeeba.http;

import io.github.camelakeeba.akeeba.Call;
import java.net.URI;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.component.http.HttpProducer;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpUriRequest;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.StringEntity;

/**
 * The endpoint {@code akeeba-http://site}: camel-http, but that the request is the call in the
 * exchange's variable {@code akeeba-call}, and nothing else: no header of a message goes to a site,
 * and none holds a credential. A request that camel-http makes of headers costs seven readings of
 * its address.
 */
final class SiteHttpEndpoint extends HttpEndpoint {
  private static final ContentType FORM = ContentType.create(RequestBody.CONTENT_TYPE);

  SiteHttpEndpoint(String uri, HttpComponent component, HttpClient client) {
    super(uri, component, URI.create("http://site"));
    setHttpClient(client);
    setHeaderFilterStrategy(new HttpHeaderFilterStrategy());
    setHttpActivityListener(component.getHttpActivityListener());
    setCopyHeaders(false);
    setSkipRequestHeaders(true);
    setSkipControlHeaders(true);
  }

  @Override
  public Producer createProducer() {
    return new CallProducer(this);
  }

  private static final class CallProducer extends HttpProducer {
    CallProducer(SiteHttpEndpoint endpoint) {
      super(endpoint);
    }

    @Override
    protected HttpUriRequest createMethod(Exchange exchange) {
      Call call = exchange.getVariable("akeeba-call", Call.class);
      HttpUriRequestBase request =
          new HttpUriRequestBase(call.verb(), URI.create(call.url().toASCIIString()));
      set(request, Credential.HEADER, call.credential());
      set(request, "X-Joomla-Token", call.token());
      set(request, HttpHeaders.AUTHORIZATION, call.authorization());
      set(request, HttpHeaders.ACCEPT, "application/json");
      set(request, HttpHeaders.CONTENT_TYPE, RequestBody.CONTENT_TYPE);
      if (call.form() != null) {
        request.setEntity(new StringEntity(call.form(), FORM));
      }
      return request;
    }

    private static void set(HttpUriRequestBase request, String header, String value) {
      if (value != null) {
        request.setHeader(header, value);
      }
    }
  }
}
