package io.github.camelakeeba.akeeba;

import io.github.camelakeeba.site.Endpoint;
import io.github.camelakeeba.site.Site;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;

/**
 * The bean {@code akeeba-calls}: makes calls of a site's API, where they go and with which
 * credential, and takes what comes back over HTTP.
 */
public final class SiteCalls {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final Connections connections;
  private final RedirectPolicy redirects = new RedirectPolicy();

  /** Over these connections. */
  public SiteCalls(Connections connections) {
    this.connections = connections;
  }

  /**
   * A call; exactly one credential of Akeeba's goes out with it: protocol page, section 3.
   *
   * @param known where the site's API is, or where a redirect of this exchange led to
   */
  public Call call(@Body Question question, @Variable("akeeba-endpoint") Endpoint known) {
    Site site = question.site();
    Endpoint endpoint = question.endpoint() == null ? known : question.endpoint();
    RequestBody body = question.body();
    boolean token = endpoint.version() == Endpoint.Version.V3;
    Credential secret = token ? null : new Credential(site.secret());
    URI url = endpoint.address(body.method());
    Call call =
        new Call(
            body.method(),
            "POST",
            site.url(),
            token ? url : secret.address(url),
            body.encoded(),
            endpoint,
            token ? null : secret.header(),
            token ? site.token().reveal() : null,
            site.basicAuth() == null ? null : basic(site.basicAuth().reveal()),
            connections.clientOf(site),
            site.stepTimeout(),
            0,
            question.noted(),
            null,
            question.brief());
    return question.sink() == null ? call : call.into(question.sink());
  }

  private static String basic(String userAndPassword) {
    byte[] bytes = userAndPassword.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  /** Makes the HTTP request of the message: nothing of what was in it before goes out. */
  public void request(Exchange exchange, @Variable("akeeba-call") Call call) {
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_URI, call.address());
    message.setHeader(Exchange.HTTP_RAW_QUERY, call.query());
    message.setHeader("X-Akeeba-Auth", call.credential());
    message.setHeader("X-Joomla-Token", call.token());
    message.setHeader("Authorization", call.authorization());
    // for our own HTTP client, which takes it away
    message.setHeader(StaleNote.HEADER, call.notedMillis());
    message.setHeader("Accept", "application/json");
    message.setHeader(Exchange.CONTENT_TYPE, RequestBody.CONTENT_TYPE);
    message.setBody(call.form());
  }

  /** The answer, or the call again at the place that the site named. */
  public Sent answered(Exchange exchange, @Variable("akeeba-call") Call call) {
    Message message = exchange.getMessage();
    int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
    String location = message.getHeader("Location", String.class);
    if (REDIRECTS.contains(status) && location != null) {
      URI target = redirects.follow(call.site(), call.url(), location, call.hops() + 1);
      if (status == 303 && !call.bare()) {
        throw redirects.loses(call.method(), call.url(), target);
      }
      return call.redirected(Credential.along(call.url(), target), status == 303);
    }
    String type = message.getHeader(Exchange.CONTENT_TYPE, String.class);
    byte[] body = message.getBody(byte[].class);
    return new Answer(
        call.method(),
        status,
        type,
        HttpTime.date(message.getHeader("Date", String.class)),
        HttpTime.wait(message.getHeader("Retry-After", String.class), Instant.now()),
        body == null ? new byte[0] : body);
  }
}
