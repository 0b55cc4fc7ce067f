package io.github.camelakeeba.akeeba;

import io.github.camelakeeba.site.Endpoint;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

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
 * @param noted when the store was told that it is about to be sent, or null: it need not be
 * @param sink takes the bytes of a file; null: the answer is read whole
 * @param brief whether the beginning of an archive is enough, which is all that is read of it then
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
    int hops,
    Instant noted,
    BodySink sink,
    boolean brief)
    implements Sent {
  /** So long a file may stand still before it counts as broken off. */
  private static final Duration STILL = Duration.ofMinutes(2);

  private static final Set<String> FIRST_CONTACT = Set.of("getVersion", "getProfiles");

  private static final Set<String> READING =
      Set.of(
          "getVersion",
          "getProfiles",
          "listBackups",
          "getBackupInfo",
          "exportConfiguration",
          "download",
          "downloadDirect");

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

  /** Whether its method is all that it says, so that a GET without a body says the same. */
  public boolean bare() {
    return form == null || form.indexOf('&') < 0;
  }

  /** The call again at the place that the site named. */
  Call redirected(URI to, boolean seeOther) {
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
        hops + 1,
        noted,
        sink,
        brief);
  }

  /** Where the next call goes: a redirect need not be walked again. */
  public Endpoint next() {
    return hops > 0 && "POST".equals(verb)
        ? endpoint.moved(Credential.bare(url), method)
        : endpoint;
  }

  /** The same call, whose answer is a file: the time limit is one for each packet of it. */
  Call into(BodySink files) {
    return new Call(
        method,
        verb,
        site,
        url,
        form,
        endpoint,
        credential,
        token,
        authorization,
        client,
        timeout.compareTo(STILL) > 0 ? STILL : timeout,
        hops,
        noted,
        files,
        brief);
  }

  /** Whether it changes something on the site: nobody knows what became of it when it breaks. */
  public boolean changes() {
    return !READING.contains(method);
  }

  /** Whether it may be the first call that a site gets: nothing is at stake yet. */
  public boolean first() {
    return FIRST_CONTACT.contains(method);
  }

  /** When it was noted, in milliseconds since 1970, or null. */
  public Long notedMillis() {
    return noted == null ? null : noted.toEpochMilli();
  }

  /** Whether the answer is passed on as it comes. */
  public boolean streamed() {
    return sink != null;
  }

  /** Without anything secret. */
  @Override
  public String toString() {
    return method + " at " + url.getHost();
  }
}
