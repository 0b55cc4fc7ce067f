package io.github.camelakeeba.akeeba.client;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.AkeebaResponse;
import io.github.camelakeeba.akeeba.ArchiveSegment;
import io.github.camelakeeba.akeeba.BackupInfo;
import io.github.camelakeeba.akeeba.BadCertificateException;
import io.github.camelakeeba.akeeba.Call;
import io.github.camelakeeba.akeeba.CallResult;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.LostResponseException;
import io.github.camelakeeba.akeeba.LostResponseException.SendState;
import io.github.camelakeeba.akeeba.http.ConnectFailureMarker;
import io.github.camelakeeba.akeeba.http.StaleCallGuard;
import io.github.camelakeeba.akeeba.http.UnreadableResponseException;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.secret.UntrustedText;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.apache.hc.client5.http.ConnectTimeoutException;

/** The bean {@code akeeba-failures}: why a call failed, in words to act on, without URLs. */
public final class FailureTranslator {
  private final Duration connect;

  public FailureTranslator(Timings timings) {
    this.connect = timings.connectTimeout();
  }

  /** That the site lacks the record, or refuses its archives, is an answer; the rest is thrown. */
  public Object answer(
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable thrown,
      @Variable("akeeba-call") Call call,
      @Variable("akeeba-sent") CallResult sent) {
    AkeebaException why = translate(thrown, call);
    if (sent instanceof AkeebaResponse && !(why instanceof LostResponseException)) {
      if (call.method().equals("getBackupInfo") && why.kind() == ErrorKind.NOT_FOUND) {
        return new BackupInfo(null, why);
      }
      if (call.method().equals("download")) {
        return new ArchiveSegment(null, why);
      }
    }
    throw why;
  }

  public AkeebaException translate(Throwable thrown) {
    return translate(thrown, null);
  }

  /** What is neither an {@link AkeebaException} nor of the network is a fault of ours. */
  public AkeebaException translate(Throwable thrown, Call call) {
    // what fails in a part of a split is its cause
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof AkeebaException known) {
        return known;
      }
    }
    if (thrown instanceof IOException broken && call != null) {
      return translate(broken, call);
    }
    return new AkeebaException(
        ErrorKind.INTERNAL,
        "This program failed: %s. The log holds the details; please report it."
            .formatted(thrown.getClass().getSimpleName()),
        thrown);
  }

  private AkeebaException translate(IOException broken, Call call) {
    String host = call.url().getHost();
    if (broken instanceof StaleCallGuard.WithheldCallException) {
      String reason = "%s was kept back: %s.".formatted(call.method(), broken.getMessage());
      return lost(ErrorKind.UNREACHABLE, SendState.WITHHELD, reason, broken);
    }
    String notSent = notSentReason(broken, host);
    if (notSent != null) {
      return lost(ErrorKind.UNREACHABLE, SendState.NOT_SENT, notSent, broken);
    }
    if (broken instanceof SocketTimeoutException) {
      String reason =
          "%s did not answer %s within %s s (stepTimeout)."
              .formatted(host, call.method(), call.timeout().toSeconds());
      return lost(ErrorKind.TIMEOUT, SendState.UNKNOWN, reason, broken);
    }
    BadCertificateException certificate = BadCertificateException.of(broken, host, call.first());
    if (certificate != null) {
      return certificate;
    }
    String reason =
        // with TLS 1.3 it may come after the request went out
        broken instanceof SSLHandshakeException
            ? "%s broke the TLS handshake off. Does it speak TLS 1.2 or 1.3 at this port?"
                .formatted(host)
            : broken instanceof UnreadableResponseException
                ? "%s answered %s with %s.".formatted(host, call.method(), broken.getMessage())
                : "%s broke the connection off before the answer of %s was complete."
                    .formatted(host, call.method());
    return lost(ErrorKind.UNREACHABLE, SendState.UNKNOWN, reason, broken);
  }

  /** Why the call never left, or null. */
  private String notSentReason(IOException broken, String host) {
    if (broken instanceof UnknownHostException) {
      return "The host name %s is not known. Check the url.".formatted(host);
    }
    if (broken instanceof ConnectTimeoutException || broken instanceof NoRouteToHostException) {
      return "No connection to %s within %s s. Is the site up, and does a firewall let us through?"
          .formatted(host, connect.toSeconds());
    }
    if (broken instanceof ConnectException) {
      return "%s refuses the connection. Is the web server up, and is the port right?"
          .formatted(host);
    }
    return broken instanceof ConnectFailureMarker.NoConnectionException
        ? "No connection to %s (%s). Is the site up, and does a way lead there from this machine?"
            .formatted(host, UntrustedText.withoutMarkup(broken.getMessage(), 100))
        : null;
  }

  private static AkeebaException lost(
      ErrorKind kind, SendState sendState, String message, IOException cause) {
    return new LostResponseException(kind, message, sendState, null, cause);
  }
}
