package io.github.camelakeeba.notify.channel;

import java.util.List;

/**
 * One mail, ready to send.
 *
 * @param channel the channel's name; its server is the bean {@code backup-mail-server-<channel>}
 * @param scheme {@code smtp} or {@code smtps}
 * @param host the mail server
 * @param port its port
 * @param from one address, may have a display name
 * @param to addresses
 * @param cc addresses, may be empty
 * @param bcc addresses, may be empty
 * @param subject one line of at most 180 characters
 * @param text the plain part
 * @param html the HTML part
 * @param messageId with its angle brackets; the same for each delivery of one event to one channel
 */
public record OutgoingMail(
    String channel,
    String scheme,
    String host,
    int port,
    String from,
    List<String> to,
    List<String> cc,
    List<String> bcc,
    String subject,
    String text,
    String html,
    String messageId) {}
