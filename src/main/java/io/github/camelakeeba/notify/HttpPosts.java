package io.github.camelakeeba.notify;

import io.github.camelakeeba.site.Durations;
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

/**
 * The bean {@code http-posts}: what goes out with a call, and whether it arrived. No text of it
 * ever holds an address.
 */
public final class HttpPosts {
  private final Duration limit;
  private final Clock clock;

  /** Of calls that take at most so long; the clock reads the date of a Retry-After. */
  public HttpPosts(Duration limit, Clock clock) {
    this.limit = limit;
    this.clock = clock;
  }

  /** The bytes that are sent; their headers and the address become headers of the message. */
  public byte[] request(@Body HttpCall call, @Headers Map<String, Object> headers) {
    headers.putAll(call.headers());
    headers.put("CamelHttpUri", call.address());
    return call.body();
  }

  /** Fails unless the server has taken it: with 2xx, and with no word to the contrary. */
  public void delivered(
      @Variable("backup-call") HttpCall call,
      @Header("CamelHttpResponseCode") int status,
      @Header("Retry-After") String retryAfter,
      @Body byte[] answer) {
    HttpAnswer said = new HttpAnswer(status, retryAfter, answer == null ? new byte[0] : answer);
    String refusal = said.refusal(call.type());
    if (said.gone()) {
      throw DeliveryException.last(
          call + ": " + refusal + "; nothing is taken at this address any more");
    }
    if (refusal != null) {
      throw failure(call, refusal, said.pause(clock.instant()));
    }
  }

  /** Fails with the reason alone: exceptions of the HTTP client carry the address. */
  public void failed(@Variable("backup-call") HttpCall call, @ExchangeException Exception cause) {
    throw cause instanceof DeliveryException known ? known : failure(call, reason(cause), null);
  }

  private static DeliveryException failure(HttpCall call, String reason, Duration pause) {
    return new DeliveryException(call + ": " + reason, pause);
  }

  private String reason(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      String known = known(t);
      if (known != null) {
        return known;
      }
    }
    return "the call failed (" + cause.getClass().getSimpleName() + ")";
  }

  private String known(Throwable t) {
    if (t instanceof UnknownHostException) {
      return "the host is unknown";
    }
    if (t instanceof SocketTimeoutException) {
      return "no answer within " + Durations.text(limit);
    }
    if (t instanceof NoRouteToHostException) {
      return "no route to the host";
    }
    if (t instanceof ConnectException) {
      return "connection refused";
    }
    if (t instanceof SSLException) {
      return "TLS failed: " + ServerText.oneLine(String.valueOf(t.getMessage()), 200);
    }
    if (t instanceof SocketException || t instanceof NoHttpResponseException) {
      return "the server broke the connection off";
    }
    return t instanceof HttpException || t instanceof MessageConstraintException
        ? "the server's answer is no HTTP"
        : null;
  }
}
