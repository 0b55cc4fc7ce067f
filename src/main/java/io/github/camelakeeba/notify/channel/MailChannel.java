package io.github.camelakeeba.notify.channel;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.outbox.Delivery;
import io.github.camelakeeba.outbox.DeliveryException;
import io.github.camelakeeba.secret.Sha256;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** Makes the mail of a delivery. */
public final class MailChannel {
  private final Map<String, Channel> channels;
  private final MailRenderer renderer;
  private final BiConsumer<String, MailServer> bind;
  private final Map<String, Bound> servers = new ConcurrentHashMap<>();

  /** The bean of a channel's server, as the channel was when it was made. */
  private record Bound(Channel.Mail channel, String bean, int number) {}

  public MailChannel(Map<String, Channel> channels, MailRenderer renderer) {
    this(channels, renderer, (name, server) -> {});
  }

  /** Binds the server of each channel; another where the channel has become another. */
  public MailChannel(
      Map<String, Channel> channels, MailRenderer renderer, BiConsumer<String, MailServer> bind) {
    this.channels = channels;
    this.bind = bind;
    for (Channel channel : channels.values()) {
      if (channel instanceof Channel.Mail mail) {
        server(mail);
      }
    }
    this.renderer = renderer;
  }

  /**
   * @param server the bean that knows the login of the channel's server
   * @param subject one line of at most 180 characters
   * @param messageId with its angle brackets; the same for each delivery of one event
   */
  public record OutgoingMail(
      Channel.Mail channel,
      String server,
      String subject,
      String text,
      String html,
      String messageId) {
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
        server(channel),
        written.subject(),
        written.text(),
        written.html(),
        messageId(delivery, channel.from()));
  }

  /** An endpoint keeps the bean that it was made with, so a changed channel has another name. */
  private String server(Channel.Mail channel) {
    return servers.compute(
            channel.name(),
            (name, known) -> {
              if (known != null && known.channel.equals(channel)) {
                return known;
              }
              int number = known == null ? 1 : known.number + 1;
              String bean = "backup-mail-server-" + name + (number == 1 ? "" : "-" + number);
              bind.accept(bean, new MailServer(channel));
              return new Bound(channel, bean, number);
            })
        .bean;
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
