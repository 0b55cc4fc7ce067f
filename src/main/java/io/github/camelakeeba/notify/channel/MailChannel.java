package io.github.camelakeeba.notify.channel;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.outbox.Delivery;
import io.github.camelakeeba.outbox.DeliveryException;
import io.github.camelakeeba.secret.Sha256;
import java.util.Map;
import org.apache.camel.Headers;
import org.apache.camel.Variable;

/** Which mail a delivery is. */
public final class MailChannel {
  private final Map<String, Channel> channels;
  private final MailRenderer renderer;

  public MailChannel(Map<String, Channel> channels, MailRenderer texts) {
    this.channels = channels;
    this.renderer = texts;
  }

  /** The mail; a {@link DeliveryException} when the channel is no (longer a) mail channel. */
  public OutgoingMail toMail(Delivery delivery) {
    if (!(channels.get(delivery.channel()) instanceof Channel.Mail channel)) {
      throw new DeliveryException(
          "channel " + delivery.channel() + ": is not configured as a mail channel any more");
    }
    MailRenderer.RenderedMail written = renderer.render(delivery.message());
    return new OutgoingMail(
        channel.name(),
        MailServer.scheme(channel),
        channel.smtp().getHost(),
        MailServer.port(channel),
        channel.from(),
        channel.to(),
        channel.cc(),
        channel.bcc(),
        written.subject(),
        written.text(),
        written.html(),
        messageId(delivery, channel.from()));
  }

  /** The HTML part, which is sent with the mail's other parts as headers. */
  public String request(
      @Variable("backup-mail") OutgoingMail mail, @Headers Map<String, Object> headers) {
    headers.put("From", mail.from());
    headers.put("To", mail.to());
    headers.put("Cc", mail.cc());
    headers.put("Bcc", mail.bcc());
    headers.put("Subject", mail.subject());
    headers.put("Message-ID", mail.messageId());
    headers.put("Auto-Submitted", "auto-generated");
    headers.put("CamelMailAlternativeBody", mail.text());
    return mail.html();
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
