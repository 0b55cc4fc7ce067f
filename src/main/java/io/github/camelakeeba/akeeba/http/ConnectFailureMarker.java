package io.github.camelakeeba.akeeba.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/**
 * Distinguishes a connection that was never made from one that broke: without a route, or when a
 * gateway hangs up within the TLS handshake, the HTTP client throws the same for both.
 */
public final class ConnectFailureMarker implements ExecChainHandler {
  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    try {
      return chain.proceed(request, scope);
    } catch (IOException e) {
      // known from the moment in which the request is sent
      boolean sent = scope.clientContext.getEndpointDetails() != null;
      throw sent || !isConnectionClosed(e) ? e : new NoConnectionException(e);
    }
  }

  /** Not what says by itself that there is no connection, nor a certificate that is not trusted. */
  private static boolean isConnectionClosed(IOException e) {
    Throwable why = e instanceof SSLException ? e.getCause() : e;
    return why instanceof EOFException || why != null && why.getClass() == SocketException.class;
  }

  /** There was no connection to send the request on. */
  public static class NoConnectionException extends IOException {
    NoConnectionException(IOException cause) {
      super(cause.getMessage() == null ? "reset" : cause.getMessage(), cause);
    }
  }
}
