package io.github.camelakeeba.notify.channel;

import io.github.camelakeeba.config.Durations;
import io.github.camelakeeba.exchange.JvmErrors;
import io.github.camelakeeba.outbox.DeliveryException;
import io.github.camelakeeba.secret.UntrustedText;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** What is posted, and whether it was accepted. No text of it ever holds an address. */
public final class HttpDelivery {
  private final Duration limit;
  private final Clock clock;

  public HttpDelivery(Duration limit, Clock clock) {
    this.limit = limit;
    this.clock = clock;
  }

  public byte[] request(@Body HttpDeliveryRequest request, @Headers Map<String, Object> headers) {
    headers.putAll(request.headers());
    headers.put("CamelHttpUri", request.address());
    return request.body();
  }

  /**
   * Throws {@link DeliveryException} unless the response is 2xx, with no rejection in its body. It
   * has no cause: exceptions of the HTTP client carry the address.
   */
  public void checkAccepted(
      @Variable("backup-call") HttpDeliveryRequest request,
      @Header("CamelHttpResponseCode") Integer status,
      @Header("Retry-After") String retryAfter,
      Exchange exchange) {
    if (exchange.getMessage().getBody() instanceof Exception cause) {
      JvmErrors.rethrowJvmError(cause);
      exchange.getMessage().setBody(null);
      throw new DeliveryException(request + ": " + reason(cause));
    }
    byte[] body = exchange.getMessage().getBody(byte[].class);
    HttpDeliveryResponse response =
        new HttpDeliveryResponse(status, retryAfter, body == null ? new byte[0] : body);
    String rejection = response.rejectionReason(request.type());
    if (response.isGone()) {
      throw DeliveryException.permanent(
          request + ": " + rejection + "; nothing is taken at this address any more");
    }
    if (rejection != null) {
      throw new DeliveryException(
          request + ": " + rejection, response.requestedPause(clock.instant()));
    }
  }

  private String reason(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      String known = knownReason(t);
      if (known != null) {
        return known;
      }
    }
    return "the call failed (" + cause.getClass().getSimpleName() + ")";
  }

  private String knownReason(Throwable t) {
    if (t instanceof UnknownHostException) {
      return "the host is unknown";
    }
    if (t instanceof SocketTimeoutException) {
      return "no answer within " + Durations.format(limit);
    }
    if (t instanceof NoRouteToHostException) {
      return "no route to the host";
    }
    if (t instanceof ConnectException) {
      return "connection refused";
    }
    if (t instanceof SSLException) {
      return "TLS failed: " + UntrustedText.oneLine(String.valueOf(t.getMessage()), 200);
    }
    if (t instanceof SocketException || t instanceof NoHttpResponseException) {
      return "the server broke the connection off";
    }
    return t instanceof HttpException || t instanceof MessageConstraintException
        ? "the server's answer is no HTTP"
        : null;
  }
}
