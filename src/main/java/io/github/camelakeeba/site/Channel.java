package io.github.camelakeeba.site;

import java.net.URI;
import java.util.List;

/** How to reach somebody; written once under {@code channels}. */
public sealed interface Channel {
  /** The key under {@code channels}. */
  String name();

  /** The word of the key {@code type}: it names the route {@code notify-<type>} that delivers. */
  String type();

  /**
   * Mail over SMTP.
   *
   * @param smtp {@code smtp://host:port} (STARTTLS when offered) or {@code smtps://host:port}
   * @param username null: no login
   */
  record Mail(
      String name,
      URI smtp,
      String username,
      Secret password,
      String from,
      List<String> to,
      List<String> cc,
      List<String> bcc)
      implements Channel {
    @Override
    public String type() {
      return "mail";
    }
  }

  /** A CloudEvent by HTTP POST; the address is a secret, since it often carries one. */
  record Webhook(String name, Secret url) implements Channel {
    @Override
    public String type() {
      return "webhook";
    }
  }
}
