package io.github.camelakeeba.config;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.secret.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A destination of notifications: an entry of {@code channels}. */
@Internal
public sealed interface Channel {
  String name();

  /** The word of the key {@code type}: the record's name, but for chats. */
  default String type() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** The route {@code direct:backup-notify-<route>} delivers. */
  default String route() {
    return this instanceof Chat ? "chat" : type();
  }

  /** Whether people read it: events of many sites at once may then come in one message. */
  default boolean isReadByPeople() {
    return this instanceof Mail || this instanceof Chat;
  }

  /**
   * @param smtp {@code smtp://host:port} (STARTTLS when offered) or {@code smtps://host:port}
   * @param username null: no login
   * @param helo the name that is given to the server; null: this machine's
   */
  record Mail(
      String name,
      URI smtp,
      String username,
      Secret password,
      String from,
      List<String> to,
      List<String> cc,
      List<String> bcc,
      String helo)
      implements Channel {}

  /**
   * A message by the incoming webhook of a chat.
   *
   * @param type slack, mattermost, discord, teams, telegram or ntfy
   * @param chat Telegram's chat, or null where the address names it
   * @param token ntfy's access token, or null
   */
  record Chat(String name, String type, Secret url, String chat, Secret token) implements Channel {}

  /** A CloudEvent, or what {@code template} makes of it, by HTTP POST; the URL is a secret. */
  record Webhook(
      String name,
      Secret url,
      SignatureSettings signing,
      Map<String, Secret> headers,
      Path template)
      implements Channel {}

  /** Pings of a check at healthchecks.io or alike; {@code warning} is for a run with warnings. */
  record Healthchecks(String name, Secret url, Ping warning) implements Channel {
    public enum Ping {
      SUCCESS,
      FAIL,
      LOG
    }
  }

  /** A CloudEvent to any Camel endpoint; its URI is a secret, since it may hold a password. */
  record Camel(String name, Secret uri, Format format) implements Channel {
    public enum Format {
      STRUCTURED,
      /** The body is {@code data}; attributes are headers, as the protocol's binding names them. */
      BINARY
    }
  }
}
