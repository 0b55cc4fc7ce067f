package io.github.camelakeeba.notify.channel;

import io.github.camelakeeba.config.Durations;
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
import org.apache.camel.ExchangeException;
import org.apache.camel.Header;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** What goes out with a call, and whether it arrived. No text of it ever holds an address. */
public final class HttpDelivery {
  private final Duration limit;
  private final Clock clock;

  /** Of calls that take at most so long; the clock reads the date of a Retry-After. */
  public HttpDelivery(Duration limit, Clock clock) {
    this.limit = limit;
    this.clock = clock;
  }

  /** The bytes that are sent; their headers and the address become headers of the message. */
  public byte[] request(@Body HttpDeliveryRequest call, @Headers Map<String, Object> headers) {
    headers.putAll(call.headers());
    headers.put("CamelHttpUri", call.address());
    return call.body();
  }

  /** Fails unless the server has taken it: with 2xx, and with no word to the contrary. */
  public void checkAccepted(
      @Variable("backup-call") HttpDeliveryRequest call,
      @Header("CamelHttpResponseCode") int status,
      @Header("Retry-After") String retryAfter,
      @Body byte[] answer) {
    HttpDeliveryResponse said =
        new HttpDeliveryResponse(status, retryAfter, answer == null ? new byte[0] : answer);
    String refusal = said.rejectionReason(call.type());
    if (said.isGone()) {
      throw DeliveryException.permanent(
          call + ": " + refusal + "; nothing is taken at this address any more");
    }
    if (refusal != null) {
      throw failure(call, refusal, said.requestedPause(clock.instant()));
    }
  }

  /** Fails with the reason alone: exceptions of the HTTP client carry the address. */
  public void failWithReason(
      @Variable("backup-call") HttpDeliveryRequest call, @ExchangeException Exception cause) {
    throw cause instanceof DeliveryException known ? known : failure(call, reason(cause), null);
  }

  private static DeliveryException failure(
      HttpDeliveryRequest call, String reason, Duration pause) {
    return new DeliveryException(call + ": " + reason, pause);
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
