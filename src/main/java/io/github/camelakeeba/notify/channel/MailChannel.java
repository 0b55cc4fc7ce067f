package io.github.camelakeeba.notify.channel;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.outbox.Delivery;
import io.github.camelakeeba.outbox.DeliveryException;
import io.github.camelakeeba.secret.Sha256;
import java.util.Map;

/** Makes the mail of a delivery. */
public final class MailChannel {
  private final Map<String, Channel> channels;
  private final MailRenderer renderer;

  public MailChannel(Map<String, Channel> channels, MailRenderer renderer) {
    this.channels = channels;
    this.renderer = renderer;
  }

  /**
   * @param channel its server is the bean {@code backup-mail-server-<name>}
   * @param subject one line of at most 180 characters
   * @param messageId with its angle brackets; the same for each delivery of one event
   */
  public record OutgoingMail(
      Channel.Mail channel, String subject, String text, String html, String messageId) {
    public String scheme() {
      return MailServer.scheme(channel);
    }

    public int port() {
      return MailServer.port(channel);
    }
  }

  /** The mail; a {@link DeliveryException} when the channel is no (longer a) mail channel. */
  public OutgoingMail toMail(Delivery delivery) {
    if (!(channels.get(delivery.channel()) instanceof Channel.Mail channel)) {
      throw new DeliveryException(
          "channel " + delivery.channel() + ": is not configured as a mail channel any more");
    }
    MailRenderer.RenderedMail written = renderer.render(delivery.message());
    return new OutgoingMail(
        channel,
        written.subject(),
        written.text(),
        written.html(),
        messageId(delivery, channel.from()));
  }

  private static String messageId(Delivery delivery, String from) {
    Notification event = delivery.message();
    String name = event.source() + "\n" + event.id() + "\n" + delivery.channel();
    return "<" + Sha256.hex(name).substring(0, 32) + "@camel-akeeba-backup." + domain(from) + ">";
  }

  /** What RFC 5322 allows after the @; another domain than the sender's own looks like spam. */
  private static String domain(String from) {
    String domain = from.substring(from.lastIndexOf('@') + 1).replaceAll("[>\\s].*", "");
    return domain.matches("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*") ? domain : "invalid";
  }
}
