package io.github.camelakeeba.akeeba;

import io.github.camelakeeba.config.ApiEndpoint;
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
 * @param endpoint of the call before any redirect
 * @param next of the next call: a redirect need not be followed again
 * @param credential the value of {@code X-Akeeba-Auth}, or null
 * @param token the value of {@code X-Joomla-Token}, or null
 * @param authorization the value of {@code Authorization} (HTTP basic), or null
 * @param client the name of the HTTP client: sites that share proxy and certificates share one
 * @param journaledAt when the store recorded that it is about to be sent; null: it need not be
 * @param sink reads the bytes of a file; null: the answer is read whole
 * @param prefixOnly whether no more than the beginning of an archive is read
 */
public record Call(
    String method,
    String verb,
    URI site,
    URI url,
    String form,
    ApiEndpoint endpoint,
    ApiEndpoint next,
    String credential,
    String token,
    String authorization,
    String client,
    Duration timeout,
    int redirects,
    Instant journaledAt,
    BodySink sink,
    boolean prefixOnly)
    implements CallResult {
  private static final Set<String> READ_METHODS =
      Set.of(
          "getVersion",
          "getProfiles",
          "listBackups",
          "getBackupInfo",
          "exportConfiguration",
          "download",
          "downloadDirect");

  @Override
  public boolean unanswered() {
    return true;
  }

  /** How long the answer may take, in milliseconds. */
  public long timeoutMillis() {
    return timeout.toMillis();
  }

  /** Whether its method is all that it says, so that a GET without a body says the same. */
  public boolean hasNoParameters() {
    return form == null || form.indexOf('&') < 0;
  }

  /** The call again at the address that the site named, where the next ones go at once. */
  public Call redirected(URI to, boolean seeOther, ApiEndpoint nextEndpoint) {
    return new Call(
        method,
        seeOther ? "GET" : verb,
        site,
        to,
        seeOther ? null : form,
        endpoint,
        nextEndpoint,
        credential,
        token,
        authorization,
        client,
        timeout,
        redirects + 1,
        journaledAt,
        sink,
        prefixOnly);
  }

  /** Whether it changes something on the site: nobody knows what became of it when it breaks. */
  public boolean modifiesSite() {
    return !READ_METHODS.contains(method);
  }

  /** Whether it may be the first call that a site gets: nothing is at stake yet. */
  public boolean first() {
    return isFirstContact(method);
  }

  public static boolean isFirstContact(String method) {
    return "getVersion".equals(method) || "getProfiles".equals(method);
  }

  public boolean streamed() {
    return sink != null;
  }

  /** Without anything secret. */
  @Override
  public String toString() {
    return method + " at " + url.getHost();
  }
}
