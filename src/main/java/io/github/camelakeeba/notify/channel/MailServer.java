package io.github.camelakeeba.notify.channel;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.UntrustedText;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.apache.camel.component.mail.MailAuthenticator;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bean {@code backup-mail-server-<channel>}: Camel logs addresses, so no login is in one. */
public final class MailServer extends DefaultJavaMailSender {
  private static final Logger LOG = LoggerFactory.getLogger(MailServer.class);
  private static final String TIMEOUT_MILLIS = "30000";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");
  private static final Pattern LOCAL =
      Pattern.compile(
          "localhost(\\.localdomain.*)?|.*[.]localhost|[0-9.]+", Pattern.CASE_INSENSITIVE);

  private final String channel;
  private String helo;

  public MailServer(Channel.Mail channel) {
    this.channel = channel.name();
    this.helo = channel.helo();
    setProtocol(scheme(channel));
    setHost(channel.smtp().getHost());
    setPort(port(channel));
    setJavaMailProperties(properties(channel));
    if (channel.username() != null) {
      setAuthenticator(
          new MailAuthenticator() {
            @Override
            public PasswordAuthentication getPasswordAuthentication() {
              Secret password = channel.password();
              return new PasswordAuthentication(
                  channel.username(), password == null ? "" : password.reveal());
            }
          });
    }
  }

  /** The name is looked up before the first mail only: it may take a DNS query. */
  @Override
  public Session getSession() {
    String key = "mail." + getProtocol() + ".localhost";
    if (helo == null) {
      helo = localHostName();
    }
    if (!helo.isEmpty()) {
      getJavaMailProperties().putIfAbsent(key, helo);
    }
    return super.getSession();
  }

  private static String localHostName() {
    try {
      InetAddress here = InetAddress.getLocalHost();
      return heloName(here.getCanonicalHostName(), here.getHostName());
    } catch (UnknownHostException e) {
      return "";
    }
  }

  /** The first that names this machine to others too; empty: none, its address will do. */
  static String heloName(String... names) {
    return Stream.of(names)
        .filter(name -> HOST.matcher(name).matches() && !LOCAL.matcher(name).matches())
        .findFirst()
        .orElse("");
  }

  static String scheme(Channel.Mail channel) {
    return "smtps".equalsIgnoreCase(channel.smtp().getScheme()) ? "smtps" : "smtp";
  }

  static int port(Channel.Mail channel) {
    int port = channel.smtp().getPort();
    return port >= 0 ? port : "smtps".equals(scheme(channel)) ? 465 : 25;
  }

  /** Done when each recipient has it, or was refused for good. Throws one line and no cause. */
  @Override
  public void send(MimeMessage message) throws MessagingException {
    try {
      super.send(message);
    } catch (SendFailedException e) {
      if (!delivered(e)) {
        throw failure(e);
      }
      LOG.warn("{}", failure(e).getMessage() + " (the other recipients have it)");
    } catch (MessagingException e) {
      throw failure(e);
    }
  }

  /**
   * One invalid address must not keep a message from all others, nor may they get it again and
   * again; a temporary rejection (greylisting, 4xx) is retried.
   */
  private static boolean delivered(SendFailedException failed) {
    Address[] sent = failed.getValidSentAddresses();
    if (sent == null || sent.length == 0) {
      return false;
    }
    Exception next = failed.getNextException();
    while (next instanceof MessagingException cause) {
      if (cause instanceof SMTPAddressFailedException rejected && rejected.getReturnCode() < 500) {
        return false;
      }
      next = cause.getNextException();
    }
    Address[] unsent = failed.getValidUnsentAddresses();
    return unsent == null || unsent.length == 0;
  }

  private MessagingException failure(MessagingException failed) {
    StringBuilder reasons = new StringBuilder();
    Exception reason = failed;
    while (reason != null) {
      reasons.append(reasons.isEmpty() ? "" : "; ").append(reason.getMessage());
      reason = reason instanceof MessagingException cause ? cause.getNextException() : null;
    }
    return new MessagingException(
        "mail " + channel + ": " + UntrustedText.asReason(reasons.toString()));
  }

  private static Properties properties(Channel.Mail channel) {
    String prefix = "mail." + scheme(channel) + ".";
    boolean loopback = LOOPBACK.contains(channel.smtp().getHost());
    Properties properties = new Properties();
    properties.setProperty(prefix + "connectiontimeout", TIMEOUT_MILLIS);
    properties.setProperty(prefix + "timeout", TIMEOUT_MILLIS);
    properties.setProperty(prefix + "writetimeout", TIMEOUT_MILLIS);
    properties.setProperty(prefix + "auth", String.valueOf(channel.username() != null));
    properties.setProperty(prefix + "starttls.enable", "true");
    // a password never crosses a network in clear
    properties.setProperty(
        prefix + "starttls.required", String.valueOf(channel.username() != null && !loopback));
    properties.setProperty(prefix + "sendpartial", "true");
    // a mail server on this machine mostly has a certificate that it made itself
    properties.setProperty(prefix + "ssl.checkserveridentity", String.valueOf(!loopback));
    if (loopback) {
      properties.setProperty(prefix + "ssl.trust", channel.smtp().getHost());
    }
    return properties;
  }
}
