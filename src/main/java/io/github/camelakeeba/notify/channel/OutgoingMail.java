package io.github.camelakeeba.notify.channel;

import io.github.camelakeeba.config.Channel;

/**
 * One mail, ready to send.
 *
 * @param channel its server is the bean {@code backup-mail-server-<name>}
 * @param subject one line of at most 180 characters
 * @param text the plain part
 * @param html the HTML part
 * @param messageId with its angle brackets; the same for each delivery of one event to one channel
 */
public record OutgoingMail(
    Channel.Mail channel, String subject, String text, String html, String messageId) {

  /** {@code smtp} or {@code smtps}. */
  public String scheme() {
    return MailServer.scheme(channel);
  }

  public int port() {
    return MailServer.port(channel);
  }
}
