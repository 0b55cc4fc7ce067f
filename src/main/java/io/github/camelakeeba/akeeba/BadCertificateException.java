package io.github.camelakeeba.akeeba;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * The site showed a TLS certificate that is not good, so that nothing was sent. At first contact
 * that is final; later it is an outage like any other.
 */
public final class BadCertificateException extends LostResponseException {
  /** The JDK has no type for it. */
  private static final Pattern HOSTNAME_MISMATCH =
      Pattern.compile("No (subject alternative|name matching) .*");

  private final boolean firstContact;

  private BadCertificateException(
      String host, String why, boolean firstContact, IOException cause) {
    super(
        ErrorKind.UNREACHABLE,
        "The TLS connection to %s failed: its certificate %s".formatted(host, why),
        SendState.NOT_SENT,
        null,
        cause);
    this.firstContact = firstContact;
  }

  /** Whether the call may have been the first that the site got. */
  public boolean atFirstContact() {
    return firstContact;
  }

  /** What broke the connection, or null when it was not the site's certificate. */
  public static BadCertificateException of(IOException broken, String host, boolean firstContact) {
    String why = null;
    for (Throwable t = broken instanceof SSLException ? broken : null;
        t != null;
        t = t.getCause()) {
      String found = describe(t);
      why = found == null ? why : found; // the innermost is the most exact
    }
    return why == null ? null : new BadCertificateException(host, why, firstContact, broken);
  }

  private static String describe(Throwable thrown) {
    if (thrown instanceof CertificateExpiredException) {
      return "has run out. Renew it on the web server; if it is new there, is the clock of this machine right?";
    }
    if (thrown instanceof CertificateNotYetValidException) {
      return "is not valid yet. Is the clock of this machine right?";
    }
    if (thrown instanceof SSLPeerUnverifiedException
        || thrown instanceof GeneralSecurityException
            && thrown.getMessage() != null
            && HOSTNAME_MISMATCH.matcher(thrown.getMessage()).matches()) {
      return "is for another name. Is the host in the url the right one?";
    }
    return thrown instanceof GeneralSecurityException
        ? "is not trusted. For a private certificate authority set ca."
        : null;
  }
}
