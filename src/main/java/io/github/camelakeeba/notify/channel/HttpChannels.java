package io.github.camelakeeba.notify.channel;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.notify.text.ChatText;
import io.github.camelakeeba.notify.text.Templates;
import io.github.camelakeeba.outbox.Delivery;
import io.github.camelakeeba.outbox.DeliveryException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Makes the HTTP request of a delivery to a webhook, a chat or a check. */
public final class HttpChannels {
  private final Map<String, HttpChannel> channels = new HashMap<>();

  /** Throws {@link ConfigurationException} when the template of a webhook does not work. */
  public HttpChannels(
      Path home,
      Map<String, Channel> configured,
      Clock clock,
      Function<Notification, ChatText> texts) {
    Templates templates = new Templates(home);
    EventJson json = new EventJson();
    configured.forEach(
        (name, channel) -> {
          if (channel instanceof Channel.Webhook webhook) {
            channels.put(name, new WebhookChannel(webhook, json, clock));
          } else if (channel instanceof Channel.Chat chat) {
            channels.put(name, new ChatChannel(chat, json, templates, texts));
          } else if (channel instanceof Channel.Healthchecks check) {
            channels.put(name, new HealthchecksChannel(check, texts));
          }
        });
  }

  public HttpDeliveryRequest toRequest(Delivery delivery) {
    HttpChannel channel = channels.get(delivery.channel());
    if (channel == null) {
      throw new DeliveryException(
          "channel %s: is not configured as a webhook, chat or check any more"
              .formatted(delivery.channel()));
    }
    return channel.toRequest(delivery.message());
  }

  /** The ping of the check of this name that says that this service is alive. */
  public HttpDeliveryRequest heartbeatRequest(String check) {
    return ((HealthchecksChannel) channels.get(check)).heartbeatRequest();
  }
}
