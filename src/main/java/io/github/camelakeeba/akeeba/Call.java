package io.github.camelakeeba.akeeba;

import io.github.camelakeeba.site.Endpoint;
import java.net.URI;
import java.time.Duration;

/**
 * One call of the API, ready to be sent.
 *
 * @param method the API method, such as {@code stepBackup}
 * @param verb {@code POST}, or {@code GET} after a redirect with HTTP status 303
 * @param site the configured address, which the credential belongs to
 * @param url where to send it; carries the credential only when a header can't
 * @param form the form-encoded body
 * @param endpoint where the call was meant to go before any redirect
 * @param credential the value of {@code X-Akeeba-Auth}, or null
 * @param token the value of {@code X-Joomla-Token}, or null
 * @param authorization the value of {@code Authorization} (HTTP basic), or null
 * @param client the name of the HTTP client: sites that share proxy and certificates share one
 * @param timeout how long the answer may take
 * @param hops redirects followed so far
 */
public record Call(
    String method,
    String verb,
    URI site,
    URI url,
    String form,
    Endpoint endpoint,
    String credential,
    String token,
    String authorization,
    String client,
    Duration timeout,
    int hops)
    implements Sent {

  @Override
  public boolean answered() {
    return false;
  }

  /** The URL without its query: camel-http wants them apart. */
  public String address() {
    return url.toString().split("\\?", 2)[0];
  }

  /** The URL's query as it is sent, or null. */
  public String query() {
    return url.getRawQuery();
  }

  /** How long the answer may take, in milliseconds, as camel-http wants it. */
  public long timeoutMillis() {
    return timeout.toMillis();
  }

  /** The call again at the place that the site named. */
  public Call redirected(URI to, boolean seeOther) {
    return new Call(
        method,
        seeOther ? "GET" : verb,
        site,
        to,
        seeOther ? null : form,
        endpoint,
        credential,
        token,
        authorization,
        client,
        timeout,
        hops + 1);
  }

  /** Without anything secret. */
  @Override
  public String toString() {
    return method + " at " + url.getHost();
  }
}
