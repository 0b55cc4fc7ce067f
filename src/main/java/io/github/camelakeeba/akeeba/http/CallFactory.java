package io.github.camelakeeba.akeeba.http;

import io.github.camelakeeba.akeeba.AkeebaResponse;
import io.github.camelakeeba.akeeba.Call;
import io.github.camelakeeba.akeeba.CallResult;
import io.github.camelakeeba.config.ApiEndpoint;
import io.github.camelakeeba.config.Site;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;

/** The bean {@code akeeba-call-factory}: makes a site's calls, and reads its HTTP responses. */
public final class CallFactory {
  private static final Duration FILE_IDLE_TIMEOUT = Duration.ofMinutes(2); // then it has broken off
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final SiteHttpClients connections;
  private final RedirectPolicy redirects = new RedirectPolicy();
  private volatile DateHeader lastDate = new DateHeader(null, null);

  private record DateHeader(String text, Instant date) {}

  public CallFactory(SiteHttpClients connections) {
    this.connections = connections;
  }

  /** A call with exactly one credential, at the known endpoint unless the query names one. */
  public Call call(ApiQuery query, ApiEndpoint known) {
    Site site = query.site();
    ApiEndpoint endpoint = query.endpoint() == null ? known : query.endpoint();
    RequestBody body = query.body();
    boolean token = endpoint.version() == ApiEndpoint.Version.V3;
    Credential secret = token ? null : new Credential(site.secret());
    URI url = endpoint.address(body.method());
    Duration timeout = site.stepTimeout();
    if (query.sink() != null && timeout.compareTo(FILE_IDLE_TIMEOUT) > 0) {
      timeout = FILE_IDLE_TIMEOUT;
    }
    return new Call(
        body.method(),
        "POST",
        site.url(),
        token ? url : secret.address(url),
        body.encoded(),
        endpoint,
        endpoint,
        token ? null : secret.header(),
        token ? site.token().reveal() : null,
        site.basicAuth() == null
            ? null
            : "Basic "
                + Base64.getEncoder()
                    .encodeToString(site.basicAuth().reveal().getBytes(StandardCharsets.UTF_8)),
        connections.clientName(site),
        timeout,
        0,
        query.journaledAt(),
        query.sink(),
        query.prefixOnly());
  }

  /** The answer, or, after a redirect, the call again at the place that the site named. */
  public CallResult followRedirect(Exchange exchange, @Variable("akeeba-call") Call call) {
    Message message = exchange.getMessage();
    int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
    String location = message.getHeader("Location", String.class);
    if (REDIRECTS.contains(status) && location != null) {
      URI target = redirects.follow(call.site(), call.url(), location, call.redirects() + 1);
      if (status == 303 && !call.hasNoParameters()) {
        throw redirects.lossyRedirect(call.method(), call.url(), target);
      }
      boolean seeOther = status == 303;
      URI to = Credential.carriedOver(call.url(), target);
      ApiEndpoint next =
          seeOther || !"POST".equals(call.verb())
              ? call.endpoint()
              : call.endpoint().redirectedTo(Credential.withoutSecret(to), call.method());
      return call.redirected(to, seeOther, next);
    }
    byte[] body = message.getBody(byte[].class);
    return new AkeebaResponse(
        call.method(),
        status,
        date(message.getHeader("Date", String.class)),
        HttpTime.retryAfter(message.getHeader("Retry-After", String.class), Instant.now()),
        body == null ? new byte[0] : body);
  }

  /** Reads a text once: the answers of one second carry the same. */
  private Instant date(String header) {
    DateHeader read = lastDate;
    if (!Objects.equals(read.text, header)) {
      read = new DateHeader(header, HttpTime.date(header));
      lastDate = read;
    }
    return read.date;
  }
}
